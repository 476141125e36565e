-- How Argo CD judges Beckon's four kinds: by the conditions that kstatus goes by, too. Suspended is what rests because
-- somebody wants it to, and a login that waits for a person: that is asked for, and no fault.
local status = obj.status
if status == nil or status.conditions == nil then
  return {status = "Progressing", message = "Waiting for Beckon's operator"}
end
if status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "Waiting for Beckon's operator to see the last change"}
end

local found = {}
for _, condition in ipairs(status.conditions) do
  found[condition.type] = condition
end
local function is(type)
  return found[type] ~= nil and found[type].status == "True"
end
local goal = found.Succeeded or found.Ready
if goal == nil then
  return {status = "Progressing", message = "Waiting for Beckon's operator"}
end

local message = goal.reason .. ": " .. goal.message
-- A restored database also holds what is suspended or has ended, and is no reason of these.
local ledger = found.LedgerAvailable
if ledger ~= nil and ledger.reason ~= goal.reason and ledger.reason == "LedgerBehindStatus" then
  message = message .. " " .. ledger.reason .. ": " .. ledger.message
end

local asksAPerson = {WaitingForQrScan = true, WaitingForCode = true, WaitingForPassword = true}
if is("Stalled") then
  return {status = asksAPerson[goal.reason] and "Suspended" or "Degraded", message = message}
end
if is("Reconciling") then
  return {status = "Progressing", message = message}
end
if goal.status == "True" then
  return {status = "Healthy", message = message}
end
if goal.reason == "Suspended" then
  return {status = "Suspended", message = message}
end
return {status = "Progressing", message = message}
