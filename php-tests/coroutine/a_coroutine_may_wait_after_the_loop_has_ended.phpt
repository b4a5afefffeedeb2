--TEST--
Coroutine: one that goes on after the loop has ended, or in a child of its own making, may wait again: the loop runs at the end of the script
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Coroutine;
error_reporting(E_ALL & ~E_DEPRECATED);
Coroutine::set(['enable_deadlock_check' => false]);
define('MAIN', posix_getpid());
$cid = Coroutine::create(function () {
    Coroutine::yield();
    Coroutine::sleep(0.001);
    echo "slept after the loop\n";
});
Coroutine\run(fn () => print("the loop\n"));
if (pcntl_fork() === 0) {
    Coroutine::create(function () {
        $grandchild = pcntl_fork();
        if ($grandchild === 0) {
            Coroutine::sleep(0.001);
            echo "slept in the child\n";
            return;
        }
        pcntl_waitpid($grandchild, $status);
    });
    exit(0);
}
pcntl_wait($status);
Coroutine::resume($cid);
echo "end\n";
?>
--EXPECT--
the loop
slept in the child
end
slept after the loop
