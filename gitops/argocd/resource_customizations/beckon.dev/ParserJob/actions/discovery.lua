local suspended = obj.spec.suspend == true
local breaker = obj.status ~= nil and obj.status.breaker ~= nil

return {
  suspend = {iconClass = "fa fa-fw fa-pause", disabled = suspended},
  resume = {iconClass = "fa fa-fw fa-play", disabled = not suspended},
  acknowledge = {iconClass = "fa fa-fw fa-check", disabled = not breaker},
}
