<?php

declare(strict_types=1);

namespace Swoole\Process\RedisQueue;

/**
 * @internal What has to happen in one step, as scripts of the server. Their keys are KEYS: 1 to 3 the streams by
 * priority, 4 the delayed messages by the time when they are due, 5 the dead letters, 6 and 7 keys that exist after some
 * work was done, until it is to be done again. A script writes to the new place of a message before it removes the old
 * one: an error in between loses nothing.
 */
final class Scripts
{
    private const COMMON = <<<'LUA'
        local streams = {KEYS[1], KEYS[2], KEYS[3]}
        local function now()
            local time = redis.call('TIME')
            return time[1] * 1000 + math.floor(time[2] / 1000)
        end
        local function add(key, fields, attempts, ...)
            local words = {'XADD', key, '*'}
            for name, value in pairs(fields) do
                if name ~= 'a' and name ~= 'r' and name ~= 'p' then
                    table.insert(words, name)
                    table.insert(words, value)
                end
            end
            for _, word in ipairs({'a', attempts, ...}) do table.insert(words, word) end
            redis.call(unpack(words))
        end
        local function delay(fields, priority, attempts, due)
            local format, id = fields.f or '', fields.i or ''
            if not string.find(format, '^%a$') then format = 's' end
            local copy = 0
            -- Messages that are otherwise equal are different members.
            repeat
                local head = table.concat({priority, attempts, copy, format, id}, ' ')
                copy = copy + 1
            until redis.call('ZADD', KEYS[4], 'NX', due, head .. '\n' .. fields.b) == 1
        end
        local function fields(entry)
            local found = {}
            for n = 1, #entry[2], 2 do found[entry[2][n]] = entry[2][n + 1] end
            return found
        end
        -- Gives back a message that a worker has: 0 when none has it, 1 to be taken again, 2 to the dead letters.
        local function again(group, priority, id, counts, most, wait, reason)
            local key, done = streams[priority], 0
            local entry = redis.call('XRANGE', key, id, id)[1]
            if entry then
                local found = fields(entry)
                local attempts = (tonumber(found.a) or 0) + counts
                -- An entry of another program may have no id.
                if not string.find(found.i or '', '^[!-~]+$') then found.i = id end
                if not found.b then
                    add(KEYS[5], found, attempts, 'p', priority, 'r', 'the entry has no body')
                    done = 2
                elseif most > 0 and attempts >= most and counts > 0 then
                    add(KEYS[5], found, attempts, 'p', priority, 'r', reason)
                    done = 2
                elseif wait > 0 then
                    delay(found, priority, attempts, now() + wait)
                    done = 1
                else
                    add(key, found, attempts)
                    done = 1
                end
            end
            redis.call('XACK', key, group, id)
            redis.call('XDEL', key, id)
            return done
        end

        LUA;

    /** ARGV: milliseconds, priority, format, id, body, milliseconds for which the id counts or 0. KEYS[6]: of the id. */
    public const PUSH = self::COMMON . <<<'LUA'
        if tonumber(ARGV[6]) > 0 and redis.call('EXISTS', KEYS[6]) == 1 then return 0 end
        local priority, wait, fields = tonumber(ARGV[2]), tonumber(ARGV[1]), {f = ARGV[3], i = ARGV[4], b = ARGV[5]}
        if wait > 0 then
            delay(fields, priority, 0, now() + wait)
        else
            add(streams[priority], fields, 0)
        end
        if tonumber(ARGV[6]) > 0 then redis.call('SET', KEYS[6], '1', 'PX', ARGV[6]) end
        return 1
        LUA;

    /**
     * ARGV: group, consumer, count, milliseconds of visibility, most attempts, milliseconds between two looks for what is
     * expired, the same for consumers, milliseconds after which a consumer is stale; perhaps the priority and the entry of a
     * message that was handled.
     * Returns the priority, its entries, the milliseconds until a delayed message is due, or -1, and whether that message
     * was still there.
     */
    public const TAKE = self::COMMON . <<<'LUA'
        local group, time, acknowledged = ARGV[1], now(), 1
        if ARGV[10] then
            local key = streams[tonumber(ARGV[9])]
            acknowledged = redis.call('XACK', key, group, ARGV[10])
            if acknowledged == 1 then redis.call('XDEL', key, ARGV[10]) end
        end
        for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', time, 'LIMIT', 0, 100)) do
            local ends = string.find(member, '\n', 1, true) or 0
            local priority, attempts, format, id =
                string.match(string.sub(member, 1, ends - 1), '^([123]) (%d+) %d+ (%a) (%S+)$')
            if ends > 0 and priority then
                add(streams[tonumber(priority)], {f = format, i = id, b = string.sub(member, ends + 1)}, attempts)
            else
                add(KEYS[5], {b = member, f = 's'}, 0, 'p', 2, 'r', 'the delayed entry cannot be read')
            end
            redis.call('ZREM', KEYS[4], member)
        end
        if redis.call('SET', KEYS[6], '1', 'NX', 'PX', ARGV[6]) then
            for priority, key in ipairs(streams) do
                local expired = redis.pcall('XPENDING', key, group, 'IDLE', ARGV[4], '-', '+', 100)
                for _, pending in ipairs(expired.err and {} or expired) do
                    again(group, priority, pending[1], 1, tonumber(ARGV[5]), 0, 'a worker has died with it, or was too slow')
                end
            end
            local cleans = redis.call('SET', KEYS[7], '1', 'NX', 'PX', ARGV[7])
            for _, key in ipairs(cleans and streams or {}) do
                local consumers = redis.pcall('XINFO', 'CONSUMERS', key, group)
                for _, consumer in ipairs(consumers.err and {} or consumers) do
                    local known = {}
                    for n = 1, #consumer, 2 do known[consumer[n]] = consumer[n + 1] end
                    if known.pending == 0 and known.idle > tonumber(ARGV[8]) and known.name ~= ARGV[2] then
                        redis.call('XGROUP', 'DELCONSUMER', key, group, known.name)
                    end
                end
            end
        end
        for priority, key in ipairs(streams) do
            local found = redis.pcall('XREADGROUP', 'GROUP', group, ARGV[2], 'COUNT', ARGV[3], 'STREAMS', key, '>')
            if found and found.err then
                if not string.find(found.err, 'NOGROUP', 1, true) then return found end
                redis.call('XGROUP', 'CREATE', key, group, '0', 'MKSTREAM')
                found = redis.call('XREADGROUP', 'GROUP', group, ARGV[2], 'COUNT', ARGV[3], 'STREAMS', key, '>')
            end
            if found then return {priority, found[1][2], 0, acknowledged} end
        end
        local next = redis.call('ZRANGE', KEYS[4], 0, 0, 'WITHSCORES')[2]
        return {0, {}, next and math.max(0, math.floor(tonumber(next) - time)) or -1, acknowledged}
        LUA;

    /** ARGV: group, priority, entry. */
    public const ACK = <<<'LUA'
        local key = KEYS[tonumber(ARGV[2])]
        if redis.call('XACK', key, ARGV[1], ARGV[3]) == 0 then return 0 end
        redis.call('XDEL', key, ARGV[3])
        return 1
        LUA;

    /** ARGV: group, priority, entry, whether the attempt counts, most attempts, milliseconds, reason. */
    public const RELEASE = self::COMMON . <<<'LUA'
        local priority = tonumber(ARGV[2])
        if #redis.call('XPENDING', KEYS[priority], ARGV[1], ARGV[3], ARGV[3], 1) == 0 then return 0 end
        return again(ARGV[1], priority, ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7])
        LUA;

    /** ARGV: group, priority, entry, consumer. */
    public const TOUCH = <<<'LUA'
        local key = KEYS[tonumber(ARGV[2])]
        local pending = redis.call('XPENDING', key, ARGV[1], ARGV[3], ARGV[3], 1, ARGV[4])
        if #pending == 0 then return 0 end
        return #redis.call('XCLAIM', key, ARGV[1], ARGV[4], 0, ARGV[3], 'JUSTID')
        LUA;

    /** ARGV: group, consumer, and the messages that it knows: priority and entry. Returns the others that it has, by priority. */
    public const RECOVER = <<<'LUA'
        local known, found = {}, {}
        for n = 3, #ARGV do known[ARGV[n]] = true end
        for n = 1, 3 do
            local pending = redis.pcall('XPENDING', KEYS[n], ARGV[1], '-', '+', 10000, ARGV[2])
            for _, entry in ipairs(pending.err and {} or pending) do
                if not known[n .. ' ' .. entry[1]] then
                    for _, taken in ipairs(redis.call('XCLAIM', KEYS[n], ARGV[1], ARGV[2], 0, entry[1])) do
                        -- Older servers answer so when the entry was deleted.
                        if taken then table.insert(found, {n, {taken}}) end
                    end
                end
            end
        end
        return found
        LUA;

    /** ARGV: group, consumer. */
    public const LEAVE = <<<'LUA'
        for n = 1, 3 do
            local pending = redis.pcall('XPENDING', KEYS[n], ARGV[1], '-', '+', 1, ARGV[2])
            if not pending.err and #pending == 0 then redis.call('XGROUP', 'DELCONSUMER', KEYS[n], ARGV[1], ARGV[2]) end
        end
        return 1
        LUA;

    /** ARGV: group. Returns the waiting and the pending messages of each priority, the delayed ones, the dead letters. */
    public const STATS = <<<'LUA'
        local counts = {}
        for n = 1, 3 do
            local pending = redis.pcall('XPENDING', KEYS[n], ARGV[1])
            local taken = pending.err and 0 or pending[1]
            table.insert(counts, math.max(0, redis.call('XLEN', KEYS[n]) - taken))
            table.insert(counts, taken)
        end
        table.insert(counts, redis.call('ZCARD', KEYS[4]))
        table.insert(counts, redis.call('XLEN', KEYS[5]))
        return counts
        LUA;

    /** ARGV: count. */
    public const REDRIVE = self::COMMON . <<<'LUA'
        local moved = 0
        for _, entry in ipairs(redis.call('XRANGE', KEYS[5], '-', '+', 'COUNT', 10000)) do
            if moved == tonumber(ARGV[1]) then break end
            local found = fields(entry)
            if found.b then
                add(streams[tonumber(found.p) or 2] or KEYS[2], found, 0)
                redis.call('XDEL', KEYS[5], entry[1])
                moved = moved + 1
            end
        end
        return moved
        LUA;
}
