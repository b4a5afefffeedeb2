--TEST--
write() when nobody holds the other end: a warning, EPIPE, false, and no SIGPIPE
--EXTENSIONS--
pcntl
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    echo "$name\n";
    $p = new Process(function (Process $p) {
        // PHP itself ignores it.
        pcntl_signal(SIGPIPE, SIG_DFL);
        $p->close(Process::PIPE_MASTER);
        var_dump($p->read(), $p->write('nobody reads this'));
        exit(swoole_errno());
    }, false, $type);
    $p->start();
    $p->close();
    echo ending(Process::wait()), "\n";
}
?>
--EXPECTF--
stream

Warning: Swoole\Process::write(): write() failed, Error: Broken pipe[32] in %s on line %d
string(0) ""
bool(false)
code 32
message

Warning: Swoole\Process::write(): write() failed, Error: Broken pipe[32] in %s on line %d
string(0) ""
bool(false)
code 32
