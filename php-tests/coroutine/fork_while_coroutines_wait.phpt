--TEST--
Coroutine: a process that is started while coroutines wait has none of them; they go on in the parent
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\{Coroutine, Process};
use function Swoole\Coroutine\{run, go};
require __DIR__ . '/../support.inc';
define('MAIN', posix_getpid());

$cid = Coroutine::create(function () {
    Coroutine::yield();
    echo "resumed in the parent\n";
});
$process = new Process(function () use ($cid) {
    var_dump(Coroutine::exists($cid), Coroutine::stats()['coroutine_num']);
    run(function () {
        Coroutine::sleep(0.001);
        echo "the child's own coroutine ", Coroutine::getCid() > 1 ? 'has another number' : 'is the first', "\n";
    });
});
$process->start();
echo ending(Process::wait()), "\n";
Coroutine::resume($cid);

run(function () {
    go(function () {
        Coroutine::sleep(0.02);
        echo "only in the parent\n";
    });
    try {
        (new Process(fn () => print("not reached\n")))->start();
    } catch (Swoole\Error $e) {
        echo $e->getMessage(), "\n";
    }
    $pid = pcntl_fork();
    if ($pid === 0) {
        echo 'in the child: ', Coroutine::getCid(), ' of ', Coroutine::stats()['coroutine_num'], "\n";
        // Longer than the coroutine that is the parent's.
        Coroutine::sleep(0.03);
        echo "the child has slept\n";
        return;
    }
    // Nobody's turn comes before the child has ended.
    pcntl_waitpid($pid, $status);
    echo 'status ', pcntl_wexitstatus($status), "\n";
});
echo posix_getpid() === MAIN ? 'parent' : 'child', " ends\n";
?>
--EXPECT--
bool(false)
int(0)
the child's own coroutine has another number
code 0
resumed in the parent
must be forked outside the coroutine
in the child: 2 of 1
the child has slept
child ends
status 0
only in the parent
parent ends
