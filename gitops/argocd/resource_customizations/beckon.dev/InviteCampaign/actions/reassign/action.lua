-- Hands the pending people of one account to another; an account that is gone is named by its uid. The time lets the same be said
-- a second time.
local os = require("os")
local from = actionParams["from"]
local to = actionParams["to"]
if from == nil or from == "" or to == nil or to == "" then
  error("name two accounts, from and to", 0)
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["beckon.dev/reassign"] = from .. ":" .. to .. ":" .. os.date("!%Y-%m-%dT%H%M%SZ")
return obj
