local suspended = obj.spec.suspend == true
local breaker = obj.status ~= nil and obj.status.breaker ~= nil
local progress = obj.status ~= nil and obj.status.progress or {}
local unknown = progress.unknown ~= nil and progress.unknown > 0

return {
  suspend = {iconClass = "fa fa-fw fa-pause", disabled = suspended},
  resume = {iconClass = "fa fa-fw fa-play", disabled = not suspended},
  acknowledge = {iconClass = "fa fa-fw fa-check", disabled = not breaker},
  ["requeue-unknown"] = {
    displayName = "Try people of unknown outcome again",
    iconClass = "fa fa-fw fa-redo",
    disabled = not unknown,
  },
  reassign = {
    displayName = "Hand an account's people to another",
    iconClass = "fa fa-fw fa-exchange-alt",
    disabled = obj.status == nil or obj.status.startTime == nil,
    params = {{name = "from"}, {name = "to"}},
  },
}
