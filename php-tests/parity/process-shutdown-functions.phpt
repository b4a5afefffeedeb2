--TEST--
which shutdown functions run in a child when its callback returns: those registered before the fork as well as its own.
--FILE--
<?php
// Pins: which shutdown functions run in a child when its callback returns: those registered before the fork as well as its own.
// Status: accidental, but relied on.
use Swoole\Process;
$main = getmypid();
register_shutdown_function(function () use ($main) {
    echo getmypid() === $main ? "parent: " : "child: ", "shutdown registered before the fork\n";
});
$p = new Process(function () {
    register_shutdown_function(function () { echo "child: own shutdown function\n"; });
    echo "child: callback\n";
}, false, 0);
$p->start();
$r = Process::wait();
echo "parent: code={$r['code']}\n";
register_shutdown_function(function () { echo "parent: registered after the fork\n"; });
--EXPECT--
child: callback
child: shutdown registered before the fork
child: own shutdown function
parent: code=0
parent: shutdown registered before the fork
parent: registered after the fork
