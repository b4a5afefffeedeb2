--TEST--
what daemon() leaves behind runs its shutdown functions and destructors at its end, and may start and reap children
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$log = tempnam(sys_get_temp_dir(), 'log');
$note = fn (string $line) => file_put_contents($log, "$line\n", FILE_APPEND);
$p = new Process(function (Process $p) use ($note) {
    Process::daemon();
    $daemon = getmypid();
    // Its child inherits both, and runs them too.
    $only_daemon = fn (string $line) => getmypid() === $daemon && $note($line);
    register_shutdown_function($only_daemon, 'shutdown function');
    $o = new class($only_daemon) {
        public function __construct(private Closure $note) {}

        public function __destruct()
        {
            ($this->note)('destructor');
        }
    };
    $note('the object stands for the process that is gone: ' . json_encode([$p->pid === getmypid(), @$p->exit(3)]));
    $child = new Process(fn (Process $p) => $p->write('hello from the child of the daemon'));
    $child->start();
    $note($child->read() . ', ' . ending(Process::wait()) . ', ' . json_encode($child->read()));
    exit(7);
});
$p->start();
echo ending(Process::wait()), "\n";
var_dump($p->read());
echo file_get_contents($log);
unlink($log);
?>
--EXPECT--
code 0
string(0) ""
the object stands for the process that is gone: [false,false]
hello from the child of the daemon, code 0, ""
destructor
shutdown function
