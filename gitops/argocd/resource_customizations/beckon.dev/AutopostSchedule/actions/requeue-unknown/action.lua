-- The post may come twice: whoever runs this has looked, and accepts it. The time lets the same be said a second time.
local os = require("os")
local post = actionParams["post"]
if post == nil or post == "" then
  error("name a post of status.unknownPosts", 0)
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["beckon.dev/requeue-unknown"] = post .. "/" .. os.date("!%Y-%m-%dT%H%M%SZ")
return obj
