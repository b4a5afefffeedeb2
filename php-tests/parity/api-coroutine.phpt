--TEST--
names, static-ness, parameters and defaults of the methods of Coroutine, System, Channel, Scheduler, WaitGroup, Barrier, Lock.
--FILE--
<?php
// Pins: names, static-ness, parameters and defaults of the methods of Coroutine, System, Channel, Scheduler, WaitGroup, Barrier, Lock.
// Status: documented.
function sig(ReflectionFunctionAbstract $m): string
{
    $ps = [];
    foreach ($m->getParameters() as $p) {
        $ps[] = ($p->hasType() ? $p->getType() . ' ' : '') . ($p->isPassedByReference() ? '&' : '') . ($p->isVariadic() ? '...' : '') . '$' . $p->getName()
            . ($p->isDefaultValueAvailable() ? ' = ' . strtolower(var_export((string) $p->getType() === 'float' ? (float) $p->getDefaultValue() : $p->getDefaultValue(), true)) : '');
    }
    return ($m->isStatic() ? 'static ' : '') . $m->getName() . '(' . implode(', ', $ps) . ')';
}
$list = [
    'Swoole\Coroutine' => 'create defer set getOptions exists yield suspend resume cancel join isCanceled stats getCid getPcid getContext list listCoroutines getElapsed sleep',
    'Swoole\Coroutine\System' => 'sleep exec wait waitPid waitSignal waitEvent readFile writeFile',
    'Swoole\Coroutine\Channel' => '__construct push pop close length isEmpty isFull stats',
    'Swoole\Coroutine\Scheduler' => 'add parallel set getOptions start',
    'Swoole\Coroutine\WaitGroup' => '__construct add done wait count',
    'Swoole\Coroutine\Barrier' => 'make wait',
    'Swoole\Coroutine\Lock' => '__construct lock unlock',
    'Swoole\ExitException' => 'getFlags getStatus',
];
foreach ($list as $c => $ms) {
    foreach (explode(' ', $ms) as $m) {
        echo "$c::", sig(new ReflectionMethod($c, $m)), "\n";
    }
}
foreach (['Swoole\Coroutine\Channel', 'Swoole\Coroutine\Lock', 'Swoole\Coroutine\Scheduler'] as $c) {
    $r = new ReflectionClass($c);
    echo $c, ' ', json_encode([$r->isFinal(), $r->isCloneable(), $r->getDefaultProperties()]), "\n";
}
--EXPECT--
Swoole\Coroutine::static create(callable $func, mixed ...$param)
Swoole\Coroutine::static defer(callable $callback)
Swoole\Coroutine::static set(array $options)
Swoole\Coroutine::static getOptions()
Swoole\Coroutine::static exists(int $cid)
Swoole\Coroutine::static yield()
Swoole\Coroutine::static suspend()
Swoole\Coroutine::static resume(int $cid)
Swoole\Coroutine::static cancel(int $cid, bool $throw_exception = false)
Swoole\Coroutine::static join(array $cid_array, float $timeout = -1.0)
Swoole\Coroutine::static isCanceled()
Swoole\Coroutine::static stats()
Swoole\Coroutine::static getCid()
Swoole\Coroutine::static getPcid(int $cid = 0)
Swoole\Coroutine::static getContext(int $cid = 0)
Swoole\Coroutine::static list()
Swoole\Coroutine::static listCoroutines()
Swoole\Coroutine::static getElapsed(int $cid = 0)
Swoole\Coroutine::static sleep(float $seconds)
Swoole\Coroutine\System::static sleep(float $seconds)
Swoole\Coroutine\System::static exec(string $command, bool $get_error_stream = false)
Swoole\Coroutine\System::static wait(float $timeout = -1.0)
Swoole\Coroutine\System::static waitPid(int $pid, float $timeout = -1.0)
Swoole\Coroutine\System::static waitSignal(array|int $signals, float $timeout = -1.0)
Swoole\Coroutine\System::static waitEvent(mixed $socket, int $events = 512, float $timeout = -1.0)
Swoole\Coroutine\System::static readFile(string $filename, int $flag = 0)
Swoole\Coroutine\System::static writeFile(string $filename, string $fileContent, int $flags = 0)
Swoole\Coroutine\Channel::__construct(int $size = 1)
Swoole\Coroutine\Channel::push(mixed $data, float $timeout = -1.0)
Swoole\Coroutine\Channel::pop(float $timeout = -1.0)
Swoole\Coroutine\Channel::close()
Swoole\Coroutine\Channel::length()
Swoole\Coroutine\Channel::isEmpty()
Swoole\Coroutine\Channel::isFull()
Swoole\Coroutine\Channel::stats()
Swoole\Coroutine\Scheduler::add(callable $func, mixed ...$param)
Swoole\Coroutine\Scheduler::parallel(int $n, callable $func, mixed ...$param)
Swoole\Coroutine\Scheduler::set(array $settings)
Swoole\Coroutine\Scheduler::getOptions()
Swoole\Coroutine\Scheduler::start()
Swoole\Coroutine\WaitGroup::__construct(int $delta = 0)
Swoole\Coroutine\WaitGroup::add(int $delta = 1)
Swoole\Coroutine\WaitGroup::done()
Swoole\Coroutine\WaitGroup::wait(float $timeout = -1.0)
Swoole\Coroutine\WaitGroup::count()
Swoole\Coroutine\Barrier::static make()
Swoole\Coroutine\Barrier::static wait(Swoole\Coroutine\Barrier &$barrier, float $timeout = -1.0)
Swoole\Coroutine\Lock::__construct(bool $shared = false)
Swoole\Coroutine\Lock::lock(int $operation = 2)
Swoole\Coroutine\Lock::unlock()
Swoole\ExitException::getFlags()
Swoole\ExitException::getStatus()
Swoole\Coroutine\Channel [false,false,{"capacity":0,"errCode":0}]
Swoole\Coroutine\Lock [false,false,{"errCode":0}]
Swoole\Coroutine\Scheduler [true,false,[]]
