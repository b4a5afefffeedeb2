--TEST--
names, static-ness and parameters of the methods of Process, as reflection shows them.
--SKIPIF--
<?php PHP_DEBUG && print('skip a debug build of PHP shows no type that Swoole declares and does not keep');
--FILE--
<?php
// Pins: names, static-ness and parameters of the methods of Process, as reflection shows them.
// Status: documented.
foreach ((new ReflectionClass(Swoole\Process::class))->getMethods() as $m) {
    $ps = [];
    foreach ($m->getParameters() as $p) {
        $ps[] = ($p->hasType() ? $p->getType() . ' ' : '') . '$' . $p->getName()
            . ($p->isDefaultValueAvailable() ? ' = ' . strtolower(var_export($p->getDefaultValue(), true)) : '');
    }
    $lines[] = ($m->isStatic() ? 'static ' : '') . $m->getName() . '(' . str_replace("\n", '', implode(', ', $ps)) . ')';
}
sort($lines);
echo implode("\n", $lines), "\n";
--EXPECT--
__construct(callable $callback, bool $redirect_stdin_and_stdout = false, int $pipe_type = 2, bool $enable_coroutine = false)
__destruct()
close(int $which = 0)
exec(string $exec_file, array $args)
exit(int $exit_code = 0)
exportSocket()
freeQueue()
getPriority(int $which, ?int $who = null)
name(string $process_name)
pop(int $size = 65536)
push(string $data)
read(int $size = 8192)
set(array $settings)
setBlocking(bool $blocking)
setPriority(int $which, int $priority, ?int $who = null)
setTimeout(float $seconds)
start()
statQueue()
static alarm(int $usec, int $type = 0)
static daemon(bool $nochdir = true, bool $noclose = true, array $pipes = array ())
static getAffinity()
static kill(int $pid, int $signal_no = 15)
static setAffinity(array $cpu_settings)
static signal(int $signal_no, ?callable $callback = null)
static wait(bool $blocking = true)
useQueue(int $key = 0, int $mode = 2, int $capacity = -1)
write(string $data)
