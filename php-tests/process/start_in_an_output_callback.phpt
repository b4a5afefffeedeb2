--TEST--
start() in an output callback: the child has its own status and output, and does not send the buffer of its parent
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
$log = tempnam(sys_get_temp_dir(), 'log');
ob_start(function (string $text) use ($log) {
    $p = new Process(function () use ($log) {
        file_put_contents($log, "the child's callback\n", FILE_APPEND);
        register_shutdown_function(fn () => file_put_contents($log, "the child's shutdown function\n", FILE_APPEND));
        echo "output of the child\n";
        exit(5);
    }, false, 0);
    $p->start();
    file_put_contents($log, ending(Process::wait()) . "\n", FILE_APPEND);
    return strtoupper($text);
});
echo "text of the parent\n";
ob_end_flush();
echo file_get_contents($log);
unlink($log);
?>
--EXPECT--
output of the child
TEXT OF THE PARENT
the child's callback
the child's shutdown function
code 5
