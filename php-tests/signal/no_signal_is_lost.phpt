--TEST--
1,000 signals from four children: after the last one of each child its handler is called once more
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
use Swoole\{Event, Process, Timer};
$main = getmypid();
$signals = [SIGUSR1, SIGUSR2, SIGHUP, 40];
// What each child has sent so far is counted by the bytes in its pipe; it writes before it sends.
$sent = $seen = array_fill_keys($signals, 0);
$calls = 0;
$far = Timer::after(20000, fn () => print("lost\n"));
foreach ($signals as $signal) {
    $children[$signal] = $p = new Process(function (Process $p) use ($signal, $main) {
        for ($i = 0; $i < 250; $i++) {
            $p->write('x');
            posix_kill($main, $signal);
            $i % 7 || usleep(mt_rand(0, 200));
        }
        // Not before the parent has seen everything, or its answer to SIGCHLD would help.
        $p->read();
    }, false, Process::PIPE_TYPE_STREAM);
    Process::signal($signal, function (int $number) use (&$sent, &$seen, &$calls, &$children, $far, $signals) {
        $calls++;
        $children[$number]->setBlocking(false);
        // The last signal may come late, when the child has exited: then it is at the end of the pipe.
        while (($bytes = $children[$number]->read()) != '') {
            $seen[$number] += strlen($bytes);
        }
        if (min($seen) === 250) {
            Timer::clear($far);
        }
    });
}
foreach ($children as $p) {
    $p->start();
}
Event::wait();
echo json_encode(array_values($seen)), $calls >= 4 && $calls <= 1000 ? ' in few enough calls' : " in $calls calls", "\n";
foreach ($children as $p) {
    $p->setBlocking(true);
    $p->write('end');
    Process::wait();
}
?>
--EXPECT--
[250,250,250,250] in few enough calls
