# Handling: the queue, the case, batch decision.
