-- Closes the breaker that is open now, and no other: each trip has an id of its own.
if obj.status == nil or obj.status.breaker == nil then
  error("no breaker waits for a person", 0)
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["beckon.dev/acknowledge"] = obj.status.breaker.id
return obj
