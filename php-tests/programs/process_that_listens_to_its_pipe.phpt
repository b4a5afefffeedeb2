--TEST--
a coroutine process that listens to its pipe as a socket beside its work, until it is told to quit
--FILE--
<?php
use Swoole\{Coroutine, Event, Process, Timer};
use Swoole\Coroutine\Channel;

/** As Hyperf's processes get messages of workers. */
$process = new Process(function (Process $process): void {
    $quit = new Channel(1);
    $messages = new Channel(10);
    Coroutine::create(function () use ($process, $quit, $messages): void {
        while ($quit->pop(0.001) !== true) {
            $socket = $process->exportSocket();
            $text = $socket->recv(65535, 0.05);
            if ($text === '' || ($text === false && $socket->errCode !== 110)) {
                break;
            }
            if ($text !== false) {
                $messages->push(unserialize($text));
            }
        }
        $quit->close();
    });
    try {
        for ($done = 0; $done < 3; $done++) {
            $message = $messages->pop(5);
            $process->exportSocket()->send(serialize(['done' => $message['job'], 'at' => $done]));
        }
        throw new LogicException('after the work');
    } catch (Throwable $e) {
        $process->exportSocket()->send(serialize(['error' => $e->getMessage()]));
    } finally {
        $quit->push(true);
        Timer::clearAll();
    }
}, false, SOCK_DGRAM, true);
$process->start();
Coroutine\run(function () use ($process): void {
    $socket = $process->exportSocket();
    foreach (['a', 'b', 'c'] as $job) {
        $socket->send(serialize(['job' => $job]));
    }
    for ($i = 0; $i < 4; $i++) {
        echo json_encode(unserialize($socket->recv(65535, 5))), "\n";
    }
    echo json_encode(array_slice(Coroutine\System::wait(5), 1)), "\n";
});
?>
--EXPECT--
{"done":"a","at":0}
{"done":"b","at":1}
{"done":"c","at":2}
{"error":"after the work"}
{"code":0,"signal":0}
