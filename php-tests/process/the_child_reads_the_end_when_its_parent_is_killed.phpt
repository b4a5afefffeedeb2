--TEST--
the child's read() gives '' when its parent is killed, while it waits or before, and what the parent wrote comes first
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    foreach (['while it waits' => true, 'before it reads' => false] as $when => $waits) {
        [$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        // The parent of this story is a child of the test, which sees it killed.
        $parent = pcntl_fork();
        if ($parent === 0) {
            fclose($here);
            $p = new Process(function (Process $p) use ($there, $waits) {
                fwrite($there, getmypid() . "\n");
                $waits || fgets($there);
                fwrite($there, json_encode([$p->read(8), $p->read(8), $p->read(8)]) . "\n");
                exit;
            }, false, $type);
            $p->write('last one');
            $p->start();
            fclose($there);
            sleep(60);
        }
        fclose($there);
        $child = (int) fgets($here);
        $waits && until_asleep($child);
        posix_kill($parent, SIGKILL);
        pcntl_waitpid($parent, $status);
        $waits || fwrite($here, "go\n");
        echo "$name, $when: ", fgets($here);
        until_ended($child);
    }
}
?>
--EXPECT--
stream, while it waits: ["last one","",""]
stream, before it reads: ["last one","",""]
message, while it waits: ["last one","",""]
message, before it reads: ["last one","",""]
