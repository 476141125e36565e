local suspended = obj.spec.suspend == true
local breaker = obj.status ~= nil and obj.status.breaker ~= nil
local unknown = obj.status ~= nil and obj.status.unknownPosts ~= nil and #obj.status.unknownPosts > 0

return {
  suspend = {iconClass = "fa fa-fw fa-pause", disabled = suspended},
  resume = {iconClass = "fa fa-fw fa-play", disabled = not suspended},
  acknowledge = {iconClass = "fa fa-fw fa-check", disabled = not breaker},
  ["publish-now"] = {
    displayName = "Publish the next post now",
    iconClass = "fa fa-fw fa-paper-plane",
    disabled = suspended,
  },
  ["requeue-unknown"] = {
    displayName = "Publish a post of unknown outcome again",
    iconClass = "fa fa-fw fa-redo",
    disabled = not unknown,
    params = {{name = "post"}},
  },
}
