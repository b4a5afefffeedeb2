--TEST--
a watcher that restarts a program: it drops the result of proc_open(), and so waits for the program; commands of a coroutine meanwhile
--FILE--
<?php
use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Coroutine\System;
use function Swoole\Coroutine\run;

/** As Hyperf has it. */
final class Watcher
{
    private readonly Channel $stopped;
    private ?int $pid = null;
    /** The program writes its process id here. */
    private readonly array $link;

    public function __construct()
    {
        $this->stopped = new Channel(1);
        $this->stopped->push(true);
        $this->link = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    }

    public function restart(bool $isStart): void
    {
        if (!$isStart) {
            echo "Stop server...\n";
            if (posix_kill($this->pid, 0)) {
                posix_kill($this->pid, SIGTERM);
            }
        }
        Coroutine::create(function () {
            $this->stopped->pop();
            echo "Start server...\n";
            $streams = [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], STDERR, $this->link[1]];
            proc_open('echo $$ >&3; exec sleep 100', $streams, $pipes);
            echo "Stop server success.\n";
            $this->stopped->push(1);
        });
    }

    public function run(Channel $files): void
    {
        $this->restart(true);
        $this->pid = (int) fgets($this->link[0]);
        $changed = [];
        while (true) {
            $file = $files->pop(0.001);
            if ($file !== false) {
                $result = System::exec("echo reload $file");
                echo $result['code'], ' ', $result['output'];
                $changed[] = $file;
            } elseif ($files->errCode === SWOOLE_CHANNEL_CLOSED) {
                break;
            } elseif ($changed !== []) {
                $changed = [];
                $old = $this->pid;
                $this->restart(false);
                $this->pid = (int) fgets($this->link[0]);
                echo json_encode([$this->pid !== $old, posix_kill($old, 0), posix_kill($this->pid, 0)]), "\n";
                $files->close();
            }
        }
        posix_kill($this->pid, SIGKILL);
    }
}

run(function () {
    $files = new Channel(999);
    Coroutine::create(function () use ($files) {
        $files->push('a.php');
        $files->push('b.php');
    });
    (new Watcher())->run($files);
});
echo "end\n";
?>
--EXTENSIONS--
posix
--EXPECT--
Start server...
0 reload a.php
0 reload b.php
Stop server...
Stop server success.
Start server...
[true,false,true]
Stop server success.
end
