--TEST--
Surplus arguments are ignored by the functions that ignore them in Swoole, and refused by all others
--SKIPIF--
<?php
if (PHP_DEBUG) {
    die('skip a debug build of PHP does not let built-in functions take more arguments than they name');
}
?>
--EXTENSIONS--
pcntl
posix
--INI--
error_reporting=0
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Coroutine\{Barrier, Channel, Scheduler, Socket, WaitGroup};
use Swoole\Process\{Manager, Pool};
use function Swoole\Coroutine\run;

// A function of each line stands in Swoole under all its names.
const LENIENT = [
    // Written in PHP there.
    'Swoole\Coroutine\{batch,map,parallel,defer}', 'Co\{batch,map,parallel,defer}',
    'Swoole\Coroutine\WaitGroup::{__construct,add,count,done,wait}',
    'Swoole\Coroutine\Barrier::{__destruct,make,wait}',
    'Swoole\Process\Manager::{__construct,add,addBatch,start,setIPCType,getIPCType,setMsgQueueKey,getMsgQueueKey}',
    // Count no arguments there.
    'Swoole\Coroutine::{disableScheduler,enableScheduler,getCid,getOptions,getuid,isCanceled,list,listCoroutines}',
    'Swoole\Coroutine::{stats,suspend,yield}',
    'Swoole\Coroutine\Channel::{close,isEmpty,isFull,length,stats}',
    'Swoole\Coroutine\Scheduler::{getOptions,start}',
    'Swoole\Coroutine\Socket::{checkLiveness,close,getpeername,getsockname,isClosed,sslHandshake}',
    'Swoole\Event::{dispatch,exit,rshutdown,cycle,del,set}',
    'swoole_event_{dispatch,exit,rshutdown,cycle,del,set}',
    'Swoole\ExitException::{getFlags,getStatus}',
    'Swoole\Process::{exportSocket,freeQueue,getAffinity,statQueue}',
    'Swoole\Process\Pool::{detach,getProcess,sendMessage,shutdown}',
    'Swoole\Timer::{info,clearAll,stats}', 'swoole_timer_{info,clear_all,stats}',
    'swoole_{clear_error,coroutine_socketpair,cpu_num,strerror}',
    'swoole_{clear_dns_cache,get_local_mac}',
    'swoole_library_{get_option,get_options,set_option,set_options}',
    'swoole_{string,mbstring,array,table,array_default_value,is_in_container,container_cpu_num}', '{_string,_mbstring,_array}',
];

$lenient = [];
foreach (LENIENT as $names) {
    preg_match('/^(.*)\{(.*)\}$/', $names, $m);
    foreach (explode(',', $m[2]) as $name) {
        $lenient[$m[1] . $name] = true;
    }
}
function object(string $class): object
{
    return match ($class) {
        Process::class => new Process(fn () => null),
        Pool::class => new Pool(1),
        Channel::class => new Channel(1),
        Socket::class => new Socket(AF_INET, SOCK_STREAM, 0),
        Swoole\ExitException::class => (new ReflectionClass($class))->newInstanceWithoutConstructor(),
        default => new $class(),
    };
}

$module = new ReflectionExtension('swoole_process');
$functions = array_values($module->getFunctions());
foreach ($module->getClasses() as $class) {
    foreach ($class->getMethods() as $method) {
        if ($method->class === $class->name && $class->isInstantiable()) {
            $functions[] = $method;
        }
    }
}
$seen = [];
$counted = ['ignored' => 0, 'refused' => 0];
foreach ($functions as $function) {
    $name = ($function instanceof ReflectionMethod ? "$function->class::" : '') . $function->getName();
    // Classes have several names.
    if (isset($seen[$name]) || $function->isVariadic() || str_starts_with($name, 'swoole_process_fault')) {
        continue;
    }
    $seen[$name] = true;
    $arguments = array_fill(0, $function->getNumberOfParameters() + 1, null);
    try {
        if ($function instanceof ReflectionMethod) {
            $function->invokeArgs($function->isStatic() ? null : object($function->class), $arguments);
        } else {
            $function->invokeArgs($arguments);
        }
        $outcome = 'ignored';
    } catch (ArgumentCountError) {
        $outcome = 'refused';
    } catch (Throwable) {
        $outcome = 'ignored';
    }
    $counted[$outcome]++;
    if (($outcome === 'ignored') !== isset($lenient[$name])) {
        echo "$outcome: $name\n";
    }
}
$missing = array_diff_key($lenient, $seen);
echo $missing ? 'not there: ' . implode(' ', array_keys($missing)) . "\n" : "all of the list are there\n";
echo $counted['refused'] > $counted['ignored'] ? "most refuse them\n" : print_r($counted, true);

// What too few arguments are told does not change.
foreach (['swoole_strerror', 'swoole_event_del', 'Swoole\Coroutine\defer'] as $function) {
    try {
        $function();
    } catch (ArgumentCountError $e) {
        echo preg_replace('/ passed in .* and /', ' passed and ', $e->getMessage()), "\n";
    }
}

// They are released after the call.
class Surplus
{
    function __destruct()
    {
        echo "released\n";
    }
}
var_dump(swoole_strerror(2, SWOOLE_STRERROR_SYSTEM, new Surplus(), 'more'));

// What programs do: functions as callbacks that are given something.
run(function () {
    $cid = Coroutine::create(function () {
        Coroutine::suspend(null);
        echo "resumed\n";
    });
    Coroutine::resume($cid);
    $channel = new Channel();
    Process::signal(SIGUSR1, [$channel, 'close']);
    posix_kill(posix_getpid(), SIGUSR1);
    var_dump($channel->pop(60), $channel->errCode === SWOOLE_CHANNEL_CLOSED);
    Process::signal(SIGUSR1, null);
});
Process::signal(SIGUSR2, 'swoole_event_exit');
Timer::tick(1000000, fn () => print("never\n"));
posix_kill(posix_getpid(), SIGUSR2);
Event::wait();
echo "loop left\n";
?>
--EXPECT--
all of the list are there
most refuse them
swoole_strerror() expects at least 1 argument, 0 given
swoole_event_del() expects exactly 1 argument, 0 given
Too few arguments to function Swoole\Coroutine\defer(), 0 passed and exactly 1 expected
released
string(25) "No such file or directory"
resumed
bool(false)
bool(true)
loop left
