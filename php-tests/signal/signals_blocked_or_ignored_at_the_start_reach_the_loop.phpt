--TEST--
signals that are blocked or ignored when the program starts reach the loop and those who wait; the mask stays
--EXTENSIONS--
pcntl
posix
--FILE--
<?php
require __DIR__ . '/../support.inc';
$programs = [
    'handlers' => <<<'PHP'
        foreach ([SIGUSR1, SIGTERM, SIGHUP, SIGINT, SIGPIPE, SIGALRM, SIGWINCH, 35, 50, 64] as $signal) {
            // One that came before is there, where it is blocked and not ignored.
            foreach ([false, true] as $first) {
                $first && Process::kill(getmypid(), $signal);
                $came = 0;
                Process::signal($signal, function () use (&$came) { $came++; Event::exit(); });
                $first || Process::kill(getmypid(), $signal);
                $first && in_array('ignored', $argv) && Process::kill(getmypid(), $signal);
                $timer = Timer::after(60000, fn () => 0);
                Event::wait();
                Timer::clear($timer);
                $came === 1 || print("$signal came $came times\n");
                Process::signal($signal, SIG_IGN);
            }
        }
        PHP,
    'a loop that is never idle' => <<<'PHP'
        Process::signal(SIGUSR1, function () { echo "came\n"; Event::exit(); });
        Event::defer($again = function () use (&$again) { Event::defer($again); });
        Process::kill(getmypid(), SIGUSR1);
        Event::wait();
        $again = null;
        PHP,
    'a loop whose descriptor is always ready' => <<<'PHP'
        Process::signal(SIGUSR1, function () { echo "came\n"; Event::exit(); });
        [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        Event::add($a, null, fn () => 0, SWOOLE_EVENT_WRITE);
        Timer::after(60000, fn () => 0);
        Process::kill(getmypid(), SIGUSR1);
        Event::wait();
        PHP,
    'blocked after the handler' => <<<'PHP'
        Process::signal(SIGUSR1, function () { echo "came\n"; Event::exit(); });
        pcntl_sigprocmask(SIG_BLOCK, [SIGUSR1]);
        pcntl_sigprocmask(SIG_BLOCK, [SIGKILL], $mask);
        Process::kill(getmypid(), SIGUSR1);
        Timer::after(60000, fn () => 0);
        Event::wait();
        PHP,
    'waitSignal()' => <<<'PHP'
        Coroutine\run(function () {
            foreach ([SIGUSR1, SIGCHLD, 40] as $signal) {
                go(fn () => print(json_encode(Coroutine\System::waitSignal($signal, 60)) . "\n"));
                Process::kill(getmypid(), $signal);
            }
            echo json_encode(Coroutine\System::waitSignal(SIGUSR2, 0.01)), "\n";
        });
        PHP,
    'children' => <<<'PHP'
        $child = fn () => (new Process(fn () => exit(3), false, 0))->start();
        $child();
        echo 'wait() ', Process::wait()['code'], "\n";
        $child();
        Coroutine\run(fn () => print('System::wait() ' . Coroutine\System::wait(60)['code'] . "\n"));
        $pid = $child();
        Coroutine\run(function () use ($pid) {
            echo 'System::waitPid() ', Coroutine\System::waitPid($pid, 60)['code'], "\n";
            echo 'System::exec() ', Coroutine\System::exec('exit 4')['code'], "\n";
        });
        PHP,
    'SIGCHLD' => <<<'PHP'
        $reaped = 0;
        Process::signal(SIGCHLD, function () use (&$reaped) {
            while (Process::wait(false)) {
                $reaped++;
            }
            $reaped === 3 && Event::exit();
        });
        for ($n = 0; $n < 3; $n++) {
            (new Process(fn () => exit(3), false, 0))->start();
        }
        Timer::after(60000, fn () => 0);
        Event::wait();
        echo "reaped $reaped\n";
        PHP,
    'alarms' => <<<'PHP'
        swoole_async_set(['wait_signal' => true]);
        $came = 0;
        Process::signal(SIGALRM, function () use (&$came) { ++$came === 3 && Event::exit(); });
        Process::alarm(2000);
        Event::wait();
        echo "alarms $came\n";
        PHP,
    'the scheduler' => <<<'PHP'
        Coroutine::set(['enable_preemptive_scheduler' => true]);
        Coroutine\run(function () {
            $goes = true;
            go(function () use (&$goes) { while ($goes); });
            $goes = false;
            echo "preempted\n";
        });
        // The one that the scheduler's clock has comes through as long as there is the clock.
        pcntl_sigprocmask(SIG_BLOCK, [SIGKILL], $now);
        count(array_diff($mask, $now)) <= 1 && $mask = $now;
        PHP,
];
$head = '<?php use Swoole\{Coroutine, Event, Process, Timer}; pcntl_sigprocmask(SIG_BLOCK, [SIGKILL], $mask);';
$tail = 'pcntl_sigprocmask(SIG_BLOCK, [SIGKILL], $after); $after === $mask || print("the mask has changed\n");';
foreach (['blocked', 'ignored'] as $how) {
    foreach ($programs as $name => $program) {
        with_signals($how, function () use ($head, $program, $tail, $how, $name) {
            $argument = $how === 'ignored' ? "\$argv[] = 'ignored';" : '';
            echo "$how, $name: ", php_run("$head$argument\n$program\n$tail")[0] ?: "nothing\n";
        });
    }
}
?>
--EXPECT--
blocked, handlers: nothing
blocked, a loop that is never idle: came
blocked, a loop whose descriptor is always ready: came
blocked, blocked after the handler: came
blocked, waitSignal(): 10
17
40
false
blocked, children: wait() 3
System::wait() 3
System::waitPid() 3
System::exec() 4
blocked, SIGCHLD: reaped 3
blocked, alarms: alarms 3
blocked, the scheduler: preempted
ignored, handlers: nothing
ignored, a loop that is never idle: came
ignored, a loop whose descriptor is always ready: came
ignored, blocked after the handler: came
ignored, waitSignal(): 10
17
40
false
ignored, children: wait() 3
System::wait() 3
System::waitPid() 3
System::exec() 4
ignored, SIGCHLD: reaped 3
ignored, alarms: alarms 3
ignored, the scheduler: preempted
