-- Stops work at its next safe point.
obj.spec.suspend = true
return obj
