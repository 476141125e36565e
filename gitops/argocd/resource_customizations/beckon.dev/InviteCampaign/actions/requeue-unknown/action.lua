-- Some of them may be contacted twice: whoever runs this accepts it. Each value works once, so it is the time.
local os = require("os")
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["beckon.dev/requeue-unknown"] = os.date("!%Y-%m-%dT%H:%M:%SZ")
return obj
