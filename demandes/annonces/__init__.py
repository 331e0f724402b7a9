"""What the famille is told of a request: an acknowledgement at deposit, a message and an e-mail at the decision.

Written in the transaction of what they tell, sent by the queue (`courriels`): never lost, never twice.
"""
