<?php
// One operation: the memory of the request is used up at each of its allocations, one at a time.
//
// Each case is a process that is forked for it. However the engine leaves the allocation, the request must end as PHP ends
// it: the error is told, shutdown functions run and may use the module, and the status is 255.

namespace Faults;

use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\Coroutine\System;
use Swoole\Event;
use Swoole\Process;
use Swoole\Timer;

final class Allocations
{
    /** What is wrong, in lines. */
    public array $failures = [];
    public int $cases = 0;
    /** How many allocations there were. */
    public string $found = '';

    /** All of the first allocations are met, and as many of the others, at even distances. */
    private const FIRST = 40;
    private const OTHERS = 40;
    /** Those of other processes are met as long as there are more, and no further. */
    private const CHILDREN = 40;
    /**
     * Functions that leave the engine's own structures half made, or cannot tell where they are: the same happens without
     * the module.
     */
    private const OF_THE_ENGINE =
        'append_user_shutdown_function|_zend_new_array(_0)? object_init_ex|object_init_ex zend_create_fake_closure';
    /** Seconds that one case may take. */
    private const LIMIT = 10;

    public function __construct(private Operation $operation, private string $folder)
    {
    }

    /** Meets all; $progress is told of each before it comes. */
    public function meet(\Closure $progress): void
    {
        $progress('no fault');
        $this->run(0, false, false);
        $count = (int) @file_get_contents("{$this->folder}/count");
        $this->found = "$count allocations";
        $step = max(1, intdiv($count - self::FIRST, self::OTHERS));
        for ($at = 1, $positions = []; $at <= $count; $at += $at < self::FIRST ? 1 : $step) {
            $positions[] = $at;
        }
        foreach (swoole_process_fault_allocation(0, true) ? [false, true] : [false] as $delayed) {
            foreach ($positions as $at) {
                $progress("$at" . ($delayed ? ', delayed' : ''));
                $this->case($at, $delayed, false);
            }
            for ($at = 1; $at <= self::CHILDREN; $at++) {
                $progress("$at of a child" . ($delayed ? ', delayed' : ''));
                if (!$this->case($at, $delayed, true)) {
                    break;
                }
            }
        }
        swoole_process_fault_allocation_end();
    }

    /** One case; whether there was such an allocation. */
    private function case(int $at, bool $delayed, bool $children): bool
    {
        $this->cases++;
        $status = $this->run($at, $delayed, $children);
        $output = file_get_contents("{$this->folder}/text");
        $ends = @file_get_contents("{$this->folder}/ends") ?: '';
        $met = str_contains($output, 'no memory for');
        // What comes after it is not known.
        $harmed = preg_match('/^no memory for .*(' . self::OF_THE_ENGINE . ')/m', $output);
        $wrong = match (true) {
            $harmed && pcntl_wifsignaled($status) => null,
            pcntl_wifsignaled($status) && pcntl_wtermsig($status) === SIGALRM => 'takes too long',
            // Some operations end their own process by these.
            pcntl_wifsignaled($status) && !in_array(pcntl_wtermsig($status), [SIGTERM, SIGKILL], true) =>
                'was killed by signal ' . pcntl_wtermsig($status),
            (bool) preg_match('/panicked|has a bug|core dumped|corrupted/', $output) => 'has a bug',
            $ends === "begun\n" => 'came to no end in a shutdown function',
            !$met || $children || pcntl_wifsignaled($status) => null,
            $ends === '' => 'called no shutdown function',
            pcntl_wexitstatus($status) !== 255 => 'ended with ' . pcntl_wexitstatus($status),
            default => null,
        };
        if ($wrong !== null) {
            $which = ($delayed ? 'delayed ' : '') . ($children ? 'child ' : '') . $at;
            $this->failures[] = "$which: $wrong: " . substr(trim($output), 0, 1500);
        }
        return $met;
    }

    /** Runs the operation once, in a process of its own; its status. */
    private function run(int $at, bool $delayed, bool $children): int
    {
        file_put_contents("{$this->folder}/ends", '');
        file_put_contents("{$this->folder}/text", '');
        $pid = pcntl_fork();
        if ($pid !== 0) {
            pcntl_waitpid($pid, $status);
            @posix_kill(-$pid, SIGKILL);
            return $status;
        }
        posix_setpgid(0, 0);
        pcntl_alarm(self::LIMIT);
        fclose(STDOUT);
        fclose(STDERR);
        $GLOBALS['text'] = [fopen("{$this->folder}/text", 'a'), fopen("{$this->folder}/text", 'a')];
        ini_set('display_errors', '1');
        swoole_async_set(['log_file' => "{$this->folder}/log"]);
        [$ends, $own] = ["{$this->folder}/ends", getmypid()];
        register_shutdown_function(function () use ($ends, $own): void {
            swoole_process_fault_allocation_end();
            $note = fn (string $what) => getmypid() === $own && file_put_contents($ends, "$what\n", FILE_APPEND);
            $note('begun');
            self::useAll();
            $note('done');
        });
        $context = new \stdClass();
        $this->operation->prepare($context);
        swoole_process_fault_allocation($at, $delayed, $children);
        try {
            $this->operation->run($context);
        } catch (\Throwable) {
        }
        file_put_contents("{$this->folder}/count", (string) swoole_process_fault_allocation_end());
        $this->operation->finish($context);
        exit(0);
    }

    /** Uses all parts of the module once. A table that was left in use shows. */
    private static function useAll(): void
    {
        $parts = [
            fn () => Coroutine::set(['max_coroutine' => 1000]),
            fn () => Coroutine::getOptions(),
            fn () => Coroutine::stats(),
            fn () => iterator_to_array(Coroutine::list()),
            fn () => Coroutine::create(function (): void {
                Coroutine::defer(fn () => 0);
                Coroutine::getContext()['x'] = 1;
                (new Channel(1))->push(1);
            }),
            fn () => [$a, $b] = swoole_coroutine_socketpair(AF_UNIX, SOCK_STREAM, 0),
            fn () => Timer::clear((int) Timer::after(1000, fn () => 0)),
            fn () => Timer::list(),
            function (): void {
                [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
                Event::add($a, fn () => 0);
                Event::del($a);
            },
            fn () => new Process\Pool(1),
            fn () => (new Process(fn () => 0))->useQueue(0x51000000 | getmypid()),
            fn () => (new Process(fn () => 0))->exportSocket(),
            fn () => swoole_last_error(),
            fn () => swoole_async_set(['log_level' => SWOOLE_LOG_WARNING]),
            fn () => Coroutine::create(fn () => System::readFile(__FILE__)),
            fn () => gc_collect_cycles(),
        ];
        foreach ($parts as $part) {
            try {
                @$part();
            } catch (\Throwable $e) {
                // Whether it may be done depends on where the operation was left.
                echo $e->getMessage(), "\n";
            }
        }
        msg_queue_exists(0x51000000 | getmypid()) && msg_remove_queue(msg_get_queue(0x51000000 | getmypid()));
    }
}
