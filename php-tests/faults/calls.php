<?php
// How many system calls an operation of a hot path makes: a table that is compared with what was counted. Two runs, the
// second of them longer, tell what one operation adds. Calls of the C library and of PHP itself are not counted.
//
// Beside each row stands what the kernel must be asked for in any language: the floor.

declare(strict_types=1);

use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Coroutine\Socket;
use Swoole\Event;
use Swoole\Process;
use Swoole\Timer;

/** Two coroutines on both ends of a connection: one asks, one answers. */
function ask(int $times): void
{
    Coroutine\run(function () use ($times): void {
        $ends = array_map(Socket::import(...), stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0));
        Coroutine::create(function () use ($ends, $times): void {
            for ($i = 0; $i < $times; $i++) {
                $ends[1]->recv(64);
                $ends[1]->send('answer');
            }
        });
        for ($i = 0; $i < $times; $i++) {
            $ends[0]->send('question');
            $ends[0]->recv(64);
        }
    });
}

/** The same by streams of PHP, whose own send() is not counted. */
function ask_by_streams(int $times): void
{
    Coroutine\run(function () use ($times): void {
        $ends = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        Coroutine::create(function () use ($ends, $times): void {
            for ($i = 0; $i < $times; $i++) {
                fread($ends[1], 64);
                fwrite($ends[1], 'answer');
            }
        });
        for ($i = 0; $i < $times; $i++) {
            fwrite($ends[0], 'question');
            fread($ends[0], 64);
        }
    });
}

/** A process that answers each line of its pipe. */
function answering(): Process
{
    $process = new Process(function (Process $process): void {
        while (($question = $process->read()) !== '' && $question !== false && $question !== 'end') {
            $process->write('answer');
        }
    }, false, SOCK_DGRAM);
    $process->start();
    return $process;
}

/** @var array<string, array{0: string, 1: array<string, float>, 2: callable(int): void}> $rows title => floor, calls, what is done */
$rows = [
    'a turn of the loop for a descriptor' => ['epoll_wait', ['epollwait' => 1], function (int $times): void {
        [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        Event::add($a, function () use ($a, $b, &$times): void {
            fread($a, 1);
            --$times > 0 ? fwrite($b, '.') : Event::del($a);
        });
        fwrite($b, '.');
        Event::wait();
    }],
    'a signal, handled by the loop' => ['epoll_wait, or a flag that is looked at', ['epollwait' => 1], function (int $times): void {
        Process::signal(SIGUSR1, function () use (&$times): void {
            --$times > 0 ? posix_kill(getmypid(), SIGUSR1) : Event::exit();
        });
        Timer::after(60_000, fn () => 0);
        posix_kill(getmypid(), SIGUSR1);
        Event::wait();
        Process::signal(SIGUSR1, null);
    }],
    'a tick of a timer' => ['epoll_wait', ['epollwait' => 1], function (int $times): void {
        Timer::tick(1, function (int $id) use (&$times): void {
            --$times > 0 || Timer::clear($id);
        });
        Event::wait();
    }],
    'a deferred call' => ['none', [], function (int $times): void {
        $call = function () use (&$call, &$times): void {
            --$times > 0 && Event::defer($call);
        };
        Event::defer($call);
        Event::wait();
    }],
    'a question and its answer between two coroutines' => [
        'two send, two recv, one epoll_wait for each that finds nothing',
        ['send' => 2, 'recv' => 4, 'epollwait' => 2],
        ask(...),
    ],
    'a question and its answer between two coroutines, by streams' => [
        'two recv, one epoll_wait for each that finds nothing',
        ['recv' => 4, 'epollwait' => 2],
        ask_by_streams(...),
    ],
    'a question and its answer by the pipe of a process' => ['send, recv', ['send' => 1, 'recv' => 1], function (int $times): void {
        $process = answering();
        for ($i = 0; $i < $times; $i++) {
            $process->write('question');
            $process->read();
        }
        $process->write('end');
        Process::wait();
    }],
    'push() and pop() of a queue' => ['msgsnd, msgrcv', ['msgsnd' => 1, 'msgrcv' => 1], function (int $times): void {
        $process = new Process(fn () => 0);
        $process->useQueue(0, 2);
        for ($i = 0; $i < $times; $i++) {
            $process->push('message');
            $process->pop();
        }
        $process->freeQueue();
    }],
    'a question and its answer through two queues, whether they are waited for or not' => [
        'msgsnd, msgrcv',
        ['msgsnd' => 1, 'msgrcv' => 1],
        function (int $times): void {
            $key = 0x61000000 + getmypid();
            [$there, $back] = [new Process(fn () => 0, false, 0), new Process(fn () => 0, false, 0)];
            $there->useQueue($key, 2);
            $back->useQueue($key + 0x100000, 2);
            $child = new Process(function () use ($there, $back): void {
                while ($there->pop() !== 'end') {
                    $back->push('answer');
                }
            }, false, 0);
            $child->start();
            for ($i = 0; $i < $times; $i++) {
                $there->push('question');
                $back->pop();
            }
            $there->push('end');
            Process::wait();
            $there->freeQueue();
            $back->freeQueue();
        },
    ],
    'a process that is made and dropped' => ['none', [], function (int $times): void {
        for ($i = 0; $i < $times; $i++) {
            new Process(fn () => 0, false, 0);
        }
    }],
    'a coroutine, and a value through a channel' => ['none', [], function (int $times): void {
        Coroutine\run(function () use ($times): void {
            $channel = new Channel(1);
            for ($i = 0; $i < $times; $i++) {
                Coroutine::create(fn () => $channel->push(1));
                $channel->pop();
            }
        });
    }],
    'a timer that is added and cleared' => ['none', [], function (int $times): void {
        for ($i = 0; $i < $times; $i++) {
            Timer::clear(Timer::after(60_000, fn () => 0));
        }
    }],
];

/** What a run asks for. @return array<string, int> */
function counted(callable $run, int $times): array
{
    swoole_process_fault('');
    $run($times);
    $here = swoole_process_fault_counts()['here'];
    swoole_process_fault_end();
    return $here;
}

$failures = 0;
foreach ($rows as $title => [$floor, $expected, $run]) {
    // What is made once, such as the table of descriptors, or the stack of a coroutine, is there by then.
    $run(10);
    [$short, $long] = [counted($run, 100), counted($run, 300)];
    $found = [];
    foreach ($long as $call => $count) {
        // A call of the beginning or the end may be made once more in one of the runs.
        $found[$call] = round(($count - ($short[$call] ?? 0)) / 200, 1);
    }
    $found = array_filter($found);
    ksort($found);
    ksort($expected);
    $text = fn (array $calls): string => $calls === [] ? 'none' : implode(' ', array_map(
        fn (string $call, float|int $count): string => $call . ($count == 1 ? '' : " x$count"), array_keys($calls), $calls,
    ));
    $same = $found == $expected;
    $failures += $same ? 0 : 1;
    printf("%s %s: %s (floor: %s)%s\n", $same ? 'PASS' : 'FAIL', $title, $text($found), $floor, $same ? '' : ', expected: ' . $text($expected));
}
exit($failures === 0 ? 0 : 1);
