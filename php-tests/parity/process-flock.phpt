--TEST--
flock between parent and child: a second open file waits for the lock, an inherited one already has it.
--FILE--
<?php
// Pins: flock between parent and child: a second open file waits for the lock, an inherited one already has it.
// Status: as in POSIX.
use Swoole\Process;
$name = tempnam(sys_get_temp_dir(), 'lock');
$f = fopen($name, 'r+');
flock($f, LOCK_EX);
$p = new Process(function (Process $p) use ($f, $name) {
    echo 'inherited file: ', json_encode(flock($f, LOCK_EX | LOCK_NB)), "\n";
    $own = fopen($name, 'r+');
    echo 'own file: ', json_encode(flock($own, LOCK_EX | LOCK_NB)), "\n";
    $p->write('ready');
    flock($own, LOCK_EX);
    echo "child has the lock\n";
});
$p->start();
$p->read();
usleep(60000);
echo "parent unlocks\n";
flock($f, LOCK_UN);
Process::wait();
unlink($name);
--EXPECT--
inherited file: true
own file: false
parent unlocks
child has the lock
