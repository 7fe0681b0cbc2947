-- A queue of things by whole-number cost, the cheapest first and of equal ones the
-- latest first, so that a search goes on with what it has begun.

local queue = {}

---@return table an empty queue
function queue.new()
  return {buckets = {}, lowest = math.huge, highest = -1}
end

---@param waiting table
---@param cost integer 0 or more
---@param thing any
function queue.push(waiting, cost, thing)
  local bucket = waiting.buckets[cost]
  if bucket == nil then
    bucket = {}
    waiting.buckets[cost] = bucket
  end
  bucket[#bucket + 1] = thing
  if cost < waiting.lowest then
    waiting.lowest = cost
  end
  if cost > waiting.highest then
    waiting.highest = cost
  end
end

---@param waiting table
---@return any thing the cheapest; nil when there is none
function queue.pop(waiting)
  while waiting.lowest <= waiting.highest do
    local bucket = waiting.buckets[waiting.lowest]
    if bucket and #bucket > 0 then
      return table.remove(bucket)
    end
    waiting.lowest = waiting.lowest + 1
  end
  return nil
end

---Takes one after the other, each thing once, until something is found.
---@param waiting table
---@param most integer things that are taken in all
---@param visit function gets a thing; may push more; what it returns ends the search
---@return any found what `visit` returned; nil when nothing is left, or too much was taken
function queue.explore(waiting, most, visit)
  local done = {}
  for _ = 1, most do
    local thing = queue.pop(waiting)
    if thing == nil then
      return nil
    end
    if not done[thing] then
      done[thing] = true
      local found = visit(thing)
      if found ~= nil then
        return found
      end
    end
  end
  return nil
end

return queue
