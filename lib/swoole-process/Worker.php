<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

/** The life of a worker's process: it becomes the command, or runs the script. */
final class Worker
{
    private const ENOENT = 2;
    private const ENOEXEC = 8;

    private bool $isAsked = false;

    public function __construct(
        private readonly Config $config,
        private readonly SupervisedPool $pool,
        private readonly Scoreboard $scoreboard,
        private readonly Output $output,
        private readonly int $id,
    ) {
    }

    public function run(): void
    {
        // What a terminal sends to its foreground group is for the master, which passes it on.
        posix_setpgid(0, 0);
        $this->output->redirect($this->id);
        if ($this->config->template === null) {
            (new Environment($this->config, "worker $this->id"))->enter();
        } else {
            // The template has done so. Workers do not share its random numbers.
            mt_srand();
        }
        putenv("POOL_WORKER=$this->id");
        if ($this->config->script === null) {
            // PHP ignores it, and programs would inherit that.
            pcntl_signal(SIGPIPE, SIG_DFL);
            [$program, $arguments] = [$this->config->command[0], array_slice($this->config->command, 1)];
            @$this->pool->getProcess()->exec($program, $arguments);
            $hint = match (swoole_errno()) {
                // It was there when the pool started.
                self::ENOENT => ', or what its first line names (#!)',
                self::ENOEXEC => ': it is no program, and its first line names none (#!)',
                default => '',
            };
            fwrite(STDERR, "pool: $program cannot be executed: " . swoole_strerror(swoole_errno()) . "$hint\n");
            exit(126);
        }
        @cli_set_process_title("{$this->config->name}-{$this->id}");
        // The master needs none; a script gets what it has elsewhere.
        swoole_async_set(['enable_coroutine' => true]);
        pcntl_async_signals(true);
        pcntl_signal(SIGTERM, function (): void {
            $this->isAsked = true;
            $this->pool->stop();
        });
        $job = self::load($this->config->script, $this->pool, $this->id);
        $this->scoreboard->up($this->id, getmypid());
        if (is_callable($job)) {
            $this->serve($job);
        }
    }

    /** The script sees the variables $pool and $worker. */
    private static function load(string $script, SupervisedPool $pool, int $worker): mixed
    {
        return require $script;
    }

    /** Does one job after the other. A request to stop waits for the end of a job. */
    private function serve(callable $job): void
    {
        $most = $this->config->int('max-jobs');
        // Not all at the same moment.
        $left = $most > 0 ? random_int($most - intdiv($most, 10), $most) : PHP_INT_MAX;
        while (!$this->isAsked && $left > 0) {
            $began = hrtime(true);
            if ($job($this->pool, $this->id) === false) {
                $this->pause($this->config->seconds('idle'));
                continue;
            }
            $this->scoreboard->job($this->id, (hrtime(true) - $began) / 1e9);
            $left--;
        }
        if (!$this->isAsked) {
            // By the rule an end by itself may be its last one, and a quick end has a pause.
            $this->pool->restart($this->id);
            while (!$this->isAsked) {
                $this->pause(60.0);
            }
        }
    }

    /** A signal ends it. */
    private function pause(float $seconds): void
    {
        // One that has come just before must not wait for the whole pause.
        pcntl_sigprocmask(SIG_BLOCK, [SIGTERM]);
        if (!$this->isAsked) {
            $signal = @pcntl_sigtimedwait([SIGTERM], $info, (int) $seconds, (int) (fmod($seconds, 1) * 1e9));
            if ($signal === SIGTERM) {
                $this->isAsked = true;
                $this->pool->stop();
            }
        }
        pcntl_sigprocmask(SIG_UNBLOCK, [SIGTERM]);
    }
}
