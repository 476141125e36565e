-- Each value works once, so it is the time.
local os = require("os")
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["beckon.dev/publish-now"] = os.date("!%Y-%m-%dT%H:%M:%SZ")
return obj
