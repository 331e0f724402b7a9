"""A stand-in for the Treasury's payment page, for the demo and the tests. Its addresses exist if TIPI_FACTICE."""
