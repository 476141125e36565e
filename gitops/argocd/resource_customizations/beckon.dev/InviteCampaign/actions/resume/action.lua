-- Lets it go on where it stopped.
obj.spec.suspend = false
return obj
