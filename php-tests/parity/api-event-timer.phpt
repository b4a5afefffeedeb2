--TEST--
names, static-ness, parameters and defaults of the methods of Event and Timer, and of the functions of the same purpose.
--SKIPIF--
<?php PHP_DEBUG && print('skip a debug build of PHP shows no type that Swoole declares and does not keep');
--FILE--
<?php
// Pins: names, static-ness, parameters and defaults of the methods of Event and Timer, and of the functions of the same purpose.
// Status: documented.
function sig(ReflectionFunctionAbstract $m): string
{
    $ps = [];
    foreach ($m->getParameters() as $p) {
        $ps[] = ($p->hasType() ? $p->getType() . ' ' : '') . ($p->isVariadic() ? '...' : '') . '$' . $p->getName()
            . ($p->isDefaultValueAvailable() ? ' = ' . strtolower(var_export((string) $p->getType() === 'float' ? (float) $p->getDefaultValue() : $p->getDefaultValue(), true)) : '');
    }
    return ($m instanceof ReflectionMethod && $m->isStatic() ? 'static ' : '') . $m->getName() . '(' . implode(', ', $ps) . ')';
}
foreach ([Swoole\Event::class => ['add', 'set', 'del', 'isset', 'write', 'defer', 'cycle', 'dispatch', 'wait', 'exit'],
          Swoole\Timer::class => ['tick', 'after', 'clear', 'clearAll', 'exists', 'info', 'list', 'stats']] as $c => $ms) {
    foreach ($ms as $m) {
        echo "$c::", sig(new ReflectionMethod($c, $m)), "\n";
    }
}
foreach (['swoole_event_add', 'swoole_event_set', 'swoole_event_del', 'swoole_event_isset', 'swoole_event_write', 'swoole_event_defer', 'swoole_event_cycle',
          'swoole_event_dispatch', 'swoole_event_wait', 'swoole_event_exit', 'swoole_timer_tick', 'swoole_timer_after', 'swoole_timer_clear', 'swoole_timer_clear_all',
          'swoole_timer_exists', 'swoole_timer_info', 'swoole_timer_list', 'swoole_timer_stats'] as $f) {
    echo $f, ' ', json_encode(function_exists($f)), "\n";
}
--EXPECT--
Swoole\Event::static add(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = 512)
Swoole\Event::static set(mixed $fd, ?callable $read_callback = null, ?callable $write_callback = null, int $events = 0)
Swoole\Event::static del(mixed $fd)
Swoole\Event::static isset(mixed $fd, int $events = 1536)
Swoole\Event::static write(mixed $fd, string $data)
Swoole\Event::static defer(callable $callback)
Swoole\Event::static cycle(?callable $callback, bool $before = false)
Swoole\Event::static dispatch()
Swoole\Event::static wait()
Swoole\Event::static exit()
Swoole\Timer::static tick(int $ms, callable $callback, mixed ...$params)
Swoole\Timer::static after(int $ms, callable $callback, mixed ...$params)
Swoole\Timer::static clear(int $timer_id)
Swoole\Timer::static clearAll()
Swoole\Timer::static exists(int $timer_id)
Swoole\Timer::static info(int $timer_id)
Swoole\Timer::static list()
Swoole\Timer::static stats()
swoole_event_add true
swoole_event_set true
swoole_event_del true
swoole_event_isset true
swoole_event_write true
swoole_event_defer true
swoole_event_cycle true
swoole_event_dispatch true
swoole_event_wait true
swoole_event_exit true
swoole_timer_tick true
swoole_timer_after true
swoole_timer_clear true
swoole_timer_clear_all true
swoole_timer_exists true
swoole_timer_info true
swoole_timer_list true
swoole_timer_stats true
