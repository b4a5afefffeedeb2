--TEST--
recv() on the exported socket of a child gives '' when its parent was killed, also with siblings that wait as well
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
use function Swoole\Coroutine\go;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    [$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $middle = new Process(function (Process $middle) use ($type, $there) {
        $children = [];
        foreach ([1, 2, 3] as $number) {
            $child = new Process(function (Process $child) use ($number, $there) {
                $s = $child->exportSocket();
                $s->send('ready');
                fwrite($there, "$number: " . json_encode([$s->recv(), $s->errCode]) . "\n");
            }, false, $type, true);
            $child->start();
            // The parent's own export is inherited by those that come later.
            $child->exportSocket();
            $children[] = $child;
        }
        foreach ($children as $child) {
            $child->read();
        }
        posix_kill(getmypid(), SIGKILL);
    });
    $middle->start();
    Process::wait();
    $lines = [];
    while (count($lines) < 3) {
        $lines[] = rtrim(fgets($here));
    }
    sort($lines);
    echo "$name\n", implode("\n", $lines), "\n";
}
?>
--EXPECT--
stream
1: ["",0]
2: ["",0]
3: ["",0]
message
1: ["",0]
2: ["",0]
3: ["",0]
