--TEST--
a grandchild that holds the child's end keeps the pipe alive: its message arrives after the child's death, then ''
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    foreach (['pcntl_fork()', 'start()'] as $how) {
        [$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $p = new Process(function (Process $p) use ($here, $there, $how) {
            fclose($here);
            $grandchild = function () use ($p, $there) {
                // Not before the parent waits for somebody else than the child.
                fread($there, 1);
                until_asleep($GLOBALS['main']);
                $p->write('from the grandchild');
                exit(0);
            };
            if ($how === 'start()') {
                (new Process($grandchild, false, 0))->start();
            } elseif (pcntl_fork() === 0) {
                $grandchild();
            }
            $p->write('from the child');
        }, false, $type);
        $main = getmypid();
        $p->start();
        fclose($there);
        echo "$name, $how: ", json_encode($p->read()), ', ', ending(Process::wait()), ', ';
        fwrite($here, 'x');
        echo json_encode([$p->read(), $p->read()]), "\n";
        // The grandchild has closed its end.
        fread($here, 1);
    }
}
?>
--EXPECT--
stream, pcntl_fork(): "from the child", code 0, ["from the grandchild",""]
stream, start(): "from the child", code 0, ["from the grandchild",""]
message, pcntl_fork(): "from the child", code 0, ["from the grandchild",""]
message, start(): "from the child", code 0, ["from the grandchild",""]
