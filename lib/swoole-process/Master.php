<?php

declare(strict_types=1);

namespace SwooleProcess\Pool;

use Swoole\Process;
use Swoole\Timer;

/** The master: runs the pool, and answers to its user. */
final class Master
{
    public const MOST_WORKERS = 1000;
    /** How often it looks while it waits for workers to come up, in milliseconds. */
    private const LOOK = 50;
    /** How long the master waits at its end for slow readers of its output, in seconds. */
    private const LAST_OUTPUT = 5.0;

    private readonly Scoreboard $scoreboard;
    private readonly Output $output;
    private readonly Log $log;
    private readonly Systemd $systemd;
    private readonly SupervisedPool $pool;
    private readonly PidFile $lock;
    private readonly ControlServer $control;
    private readonly float $began;
    private ?Rollout $rollout = null;
    private ?int $looking = null;
    private bool $isReady = false;
    private bool $wasUp = false;
    /** @var array<int, array<string, mixed>> the workers that have been up */
    private array $everUp = [];
    private bool $stops = false;
    private ?int $failure = null;
    /** @var array<int, true> workers that have failed before any was up */
    private array $bootFailures = [];
    /** @var list<Connection> clients that wait for the end */
    private array $stopClients = [];
    private int $crashes = 0;
    private int $requested = 0;
    private int $ends = 0;
    /** How often each worker has been restarted, also those that are gone. @var array<int, int> */
    private array $restartsOf = [];
    /** @var array{done: int, failed: int} */
    private array $reloads = ['done' => 0, 'failed' => 0];
    private float $lag = 0.0;
    private readonly ?Template $template;
    /** The template from which workers are forked, null while there is none, and how many have booted. @var array{pid: int|null, boots: int}|null */
    private ?array $booted = null;
    /** What goes on when another template has booted, or not: then they get the reason. @var list<\Closure(?string): void> */
    private array $awaitTemplate = [];

    public function __construct(private readonly Config $config)
    {
        $this->began = microtime(true);
        // All classes now: workers and later requests must not load those of another version, which an update brings.
        foreach (glob(__DIR__ . '/[A-Z]*.php') ?: [] as $file) {
            class_exists(__NAMESPACE__ . '\\' . basename($file, '.php'));
        }
        Runtime::prepare($config->socket());
        $this->log = new Log($config->text('log'), $config->text('log-format') === 'json', $config->name);
        $this->scoreboard = new Scoreboard(self::MOST_WORKERS);
        $this->output = new Output($config, $this->log);
        $this->output->provide($config->int('workers'));
        $this->template = $config->template === null ? null : new Template($config);
        $this->systemd = new Systemd();
        $this->pool = new SupervisedPool($config->int('workers'));
        $this->pool->reportTo($this->scoreboard);
        $this->lock = new PidFile($config->pidFile());
        try {
            $this->control = new ControlServer($config->socket(), $config->text('http'), $this->serve(...));
        } catch (Failure $failure) {
            $this->lock->remove();
            throw $failure;
        }
    }

    /** Runs until the end, and returns the exit status. */
    public function run(): int
    {
        $config = $this->config;
        @cli_set_process_title("pool: $config->name");
        swoole_async_set(['log_file' => $this->log->target(), 'enable_coroutine' => false]);
        $this->pool->set([
            'worker_names' => $config->name,
            // The reload of the pool does not wait until the new processes are up.
            'reload_signals' => false,
            'max_workers' => self::MOST_WORKERS,
            'restart' => $config->text('restart'),
            'restart_pause' => $config->seconds('restart-pause'),
            'restart_delay' => $config->seconds('restart-delay'),
            'restart_max_delay' => $config->seconds('restart-max-delay'),
            'max_restarts' => $config->int('max-restarts'),
            'restart_window' => $config->seconds('restart-window'),
            'max_wait_time' => $config->seconds('grace'),
            'max_lifetime' => $config->seconds('max-age'),
            'max_memory' => $config->int('max-memory'),
        ]);
        $this->pool->on('Start', $this->started(...));
        $this->pool->on('Shutdown', $this->stopping(...));
        $this->pool->on('WorkerError', $this->failed(...));
        if ($this->template !== null) {
            $this->pool->on('TemplateStart', function (): void {
                $this->release();
                $this->template->boot();
            });
            $this->pool->on('TemplateReady', $this->templateReady(...));
            $this->pool->on('TemplateError', $this->templateFailed(...));
        }
        $this->pool->on('WorkerStart', function (SupervisedPool $pool, int $id): void {
            $this->release();
            (new Worker($this->config, $pool, $this->scoreboard, $this->output, $id))->run();
        });
        $this->log->write('notice', 'starts ' . self::count($config->int('workers')), ['workers' => $config->int('workers')]);
        $ended = $this->pool->start();
        if ($ended === false) {
            $this->failure ??= Status::FAILED;
        }
        $this->end();
        return $this->failure ?? Status::FINE;
    }

    /** In a child of the master. */
    private function release(): void
    {
        $this->control->release();
        $this->systemd->release();
        $this->lock->release();
    }

    private function started(): void
    {
        $this->log->watch();
        $this->output->watch();
        $this->control->watch();
        $this->systemd->watch();
        $reopen = function (): void {
            $this->log->reopen();
            $this->output->reopen();
            // A terminal sends SIGWINCH for each change of its size.
            if ($this->config->text('log') !== null || $this->config->text('output-folder') !== null) {
                $this->log->write('notice', 'has opened its files again');
            }
        };
        Process::signal(SIGWINCH, $reopen);
        Process::signal(SIGRTMIN, $reopen);
        Process::signal(SIGUSR1, fn () => $this->reload(null));
        Process::signal(SIGUSR2, fn () => $this->reload(null));
        $expected = microtime(true) + 1;
        Timer::tick(1000, function () use (&$expected): void {
            $now = microtime(true);
            $this->lag = max(0.0, round($now - $expected, 6));
            $expected = $now + 1;
        });
        $this->look();
    }

    private function stopping(): void
    {
        $this->stops = true;
        $this->systemd->tell("STOPPING=1\nSTATUS=stops");
        $this->log->write('notice', 'stops');
        $this->endRollout('the pool stops');
        $this->goOn('the pool stops');
    }

    private function templateReady(SupervisedPool $pool, int $pid, float $took): void
    {
        $this->booted = ['pid' => $pid, 'boots' => ($this->booted['boots'] ?? 0) + 1];
        $this->log->write('notice', "has booted its template (pid $pid) in " . round($took, 3) . ' s');
        $this->goOn(null);
    }

    /** @param array{reason: string, uptime: float, booted: bool} $report */
    private function templateFailed(SupervisedPool $pool, int $pid, array $report): void
    {
        // One that had booted leaves the workers as they are, and another one boots.
        if ($report['booted']) {
            $this->booted['pid'] = null;
            return;
        }
        $failure = $this->template?->takeFailure();
        $problem = "the template $report[reason]" . ($failure === null ? '' : ": $failure");
        if ($this->booted === null) {
            $this->failure = Status::BOOT;
            $this->log->write('error', "gives up: $problem");
            $pool->shutdown();
        } elseif ($this->awaitTemplate === []) {
            $this->log->write('error', "cannot boot another template: $problem");
        }
        $this->goOn($problem);
    }

    /** What waits for a template goes on. */
    private function goOn(?string $problem): void
    {
        [$waiting, $this->awaitTemplate] = [$this->awaitTemplate, []];
        foreach ($waiting as $goOn) {
            $goOn($problem);
        }
    }

    /** Boots another template, and then goes on. Without a template it goes on at once. @param \Closure(?string): void $goOn */
    private function renewTemplate(\Closure $goOn): void
    {
        if ($this->template === null || $this->stops) {
            $goOn($this->stops ? 'the pool stops' : null);
            return;
        }
        $this->awaitTemplate[] = $goOn;
        $this->pool->renewTemplate();
    }

    /** @param array<string, mixed> $report */
    private function failed(SupervisedPool $pool, int $id, array $report): void
    {
        if ($report['asked']) {
            return;
        }
        // One that is not restarted is no restart.
        $this->crashes += $report['delay'] === null ? 0 : 1;
        $wasUp = $report['uptime'] >= $this->config->seconds('boot-time') || $this->scoreboard->isUp($id, $report['pid']);
        $this->wasUp = $this->wasUp || $wasUp;
        if ($report['delay'] === null && !$this->stops) {
            $this->failure ??= Status::FAILED;
        }
        if (!$wasUp && $this->rollout?->isAbout($id, $report['pid'])) {
            $this->endRollout("worker $report[name] failed before it was up: the others keep their processes");
        }
        if (!$this->wasUp && !$this->isReady) {
            $this->bootFailures[$id] = true;
            if (count($this->bootFailures) >= $this->config->int('workers') && !$this->stops) {
                $this->failure = Status::BOOT;
                $how = $report['signal'] === 0 ? "with status $report[code]" : "by $report[signal_name]";
                $where = match (true) {
                    $this->config->text('output-folder') !== null => '; ' . $this->config->text('output-folder') . ' has its output',
                    $this->config->text('output') === 'null' => '; --output=inherit shows its output',
                    default => '',
                };
                $this->log->write('error', "gives up: no worker came up, the last one ended $how after " . round($report['uptime'], 3) . " s$where");
                $pool->shutdown();
            }
        }
    }

    /** Looks again and again, until all workers are up and no reload goes on. */
    private function look(): void
    {
        $this->looking ??= (int) Timer::tick(self::LOOK, function (): void {
            $workers = array_column($this->pool->stats()['workers'], null, 'id');
            $up = array_filter($workers, $this->isUp(...));
            $this->wasUp = $this->wasUp || $up !== [];
            $this->everUp += $up;
            if (!$this->isReady && array_diff_key($workers, $this->everUp) === [] && $this->failure === null) {
                $this->isReady = true;
                $this->systemd->tell("READY=1\nMAINPID=" . getmypid() . "\nSTATUS=runs");
                $this->log->write('notice', 'is ready');
            }
            if ($this->rollout?->advance($this->pool, $workers, $this->isUp(...))) {
                $this->endRollout(null);
            }
            if ($this->isReady && $this->rollout === null && $this->looking !== null) {
                Timer::clear($this->looking);
                $this->looking = null;
            }
        });
    }

    /** @param array<string, mixed> $worker */
    private function isUp(array $worker): bool
    {
        return match (true) {
            $worker['state'] === 'ended' => true,
            $worker['pid'] === null => false,
            // A script that works while it is included tells nothing.
            default => $this->scoreboard->isUp($worker['id'], $worker['pid'])
                || microtime(true) - $worker['started'] >= $this->config->seconds('boot-time'),
        };
    }

    private function endRollout(?string $problem): void
    {
        if ($this->rollout === null) {
            return;
        }
        $clients = $this->rollout->clients;
        $this->requested += $this->rollout->asked;
        $this->rollout = null;
        $this->reloaded($problem, $clients);
    }

    /** @param list<Connection> $clients */
    private function reloaded(?string $problem, array $clients): void
    {
        $this->reloads[$problem === null ? 'done' : 'failed']++;
        $problem === null ? $this->log->write('notice', 'is reloaded') : $this->log->write('error', "could not be reloaded: $problem");
        $this->stops || $this->systemd->tell("READY=1\nSTATUS=" . ($problem === null ? 'runs' : "runs; the last reload failed"));
        foreach ($clients as $client) {
            $client->answer($problem === null ? ['ok' => true] : ['ok' => false, 'error' => $problem]);
        }
    }

    /** Serves a request of the control socket. */
    private function serve(Connection $client, string $request): void
    {
        [$command, $argument] = array_pad(explode(' ', trim($request), 2), 2, '');
        match ($command) {
            'status' => $client->answer($this->status()),
            'metrics' => $client->answer((new Metrics($this->config->name, $this->status()))->text()),
            'reload' => $this->reload($client),
            'stop' => $this->stop($client),
            'scale' => $this->scale($client, $argument),
            'restart' => $this->restart($client, $argument),
            default => $client->answer(['ok' => false, 'error' => "unknown request '$command'"]),
        };
    }

    /** @param Connection|null $client gets the result; null if a signal has asked for the reload */
    private function reload(?Connection $client): void
    {
        if ($this->stops) {
            $client?->answer(['ok' => false, 'error' => 'the pool stops']);
            return;
        }
        $this->log->write('notice', 'reloads');
        $clients = $client === null ? [] : [$client];
        $this->systemd->reloading();
        $this->renewTemplate(function (?string $problem) use ($clients): void {
            if ($problem !== null) {
                $this->reloaded($problem, $clients);
                return;
            }
            $ids = array_column($this->pool->stats()['workers'], 'id');
            // One that goes on begins anew: it may have replaced some too early.
            $this->requested += $this->rollout?->asked ?? 0;
            $this->rollout = new Rollout($ids, [...($this->rollout?->clients ?? []), ...$clients]);
            $this->look();
        });
    }

    private function stop(Connection $client): void
    {
        // The end of the connection tells that all is over.
        $this->stopClients[] = $client;
        $this->pool->shutdown();
    }

    private function scale(Connection $client, string $argument): void
    {
        try {
            self::checkCount($argument);
            $lacksPipes = $this->output->provide((int) $argument);
            $this->output->watch();
        } catch (Failure $failure) {
            $client->answer(['ok' => false, 'error' => $failure->getMessage()]);
            return;
        }
        $resize = function (?string $problem) use ($client, $argument): void {
            if ($problem !== null) {
                $client->answer(['ok' => false, 'error' => $problem]);
                return;
            }
            // The pool counts it as a restart when a number is given again.
            $now = array_column($this->pool->stats()['workers'], 'restarts', 'id');
            $this->restartsOf = $now + $this->restartsOf;
            $this->requested += count(array_filter(array_keys(array_diff_key($this->restartsOf, $now)), static fn (int $id): bool => $id < (int) $argument));
            $this->pool->resize((int) $argument);
            $this->log->write('notice', 'changes to ' . self::count((int) $argument), ['workers' => (int) $argument]);
            $client->answer(['ok' => true]);
        };
        // The template has no pipes that were made after it.
        $lacksPipes ? $this->renewTemplate($resize) : $resize(null);
    }

    /** Refuses what is no number of workers. */
    public static function checkCount(string $argument): void
    {
        if (preg_match('/^\d{1,4}$/D', $argument) !== 1 || (int) $argument > self::MOST_WORKERS) {
            throw new Failure('the number of workers must be from 0 to ' . self::MOST_WORKERS . ", not '$argument'", Status::USAGE);
        }
    }

    private function restart(Connection $client, string $argument): void
    {
        foreach ($this->pool->stats()['workers'] as $worker) {
            if ($argument === $worker['name'] || $argument === (string) $worker['id']) {
                $this->requested++;
                $this->log->write('notice', "restarts $worker[name]");
                $client->answer(['ok' => $this->pool->restart($worker['id'])]);
                return;
            }
        }
        $client->answer(['ok' => false, 'error' => "there is no worker '$argument'"]);
    }

    private static function count(int $workers): string
    {
        return $workers === 1 ? '1 worker' : "$workers workers";
    }

    /** @return array<string, mixed> */
    public function status(): array
    {
        $stats = $this->pool->stats();
        $workers = [];
        $jobs = ['count' => 0, 'seconds' => 0.0, 'buckets' => array_fill(0, count(Scoreboard::BOUNDS), 0)];
        for ($id = 0; $id < self::MOST_WORKERS; $id++) {
            $row = $this->scoreboard->row($id);
            if (!isset($row['b0'])) {
                continue;
            }
            $jobs['count'] += $row['jobs'];
            $jobs['seconds'] += $row['seconds'];
            foreach (array_keys(Scoreboard::BOUNDS) as $number) {
                $jobs['buckets'][$number] += $row["b$number"];
            }
        }
        foreach ($stats['workers'] as $worker) {
            $this->restartsOf[$worker['id']] = $worker['restarts'];
            $row = $this->scoreboard->row($worker['id']);
            unset($worker['messages']);
            $progress = $row['pid'] === $worker['pid'] ? $row['progress'] : '';
            $workers[] = $worker + ['up' => $this->isUp($worker), 'jobs' => $row['jobs'], 'progress' => $progress !== '' ? $progress : Title::of($worker, $this->config)];
        }
        $restarts = ['crash' => $this->crashes, 'request' => $this->requested + ($this->rollout?->asked ?? 0)];
        // What is asked for counts before it happens: a counter must not go back.
        $this->ends = max($this->ends, array_sum($this->restartsOf) - array_sum($restarts));
        return [
            'ok' => true,
            'name' => $this->config->name,
            'state' => $this->stops ? 'stopping' : ($this->rollout !== null || ($this->isReady && $this->awaitTemplate !== []) ? 'reloading' : ($this->isReady ? 'running' : 'starting')),
            'pid' => getmypid(),
            'started' => $this->began,
            'restarts' => $restarts + ['end' => $this->ends],
            'reloads' => $this->reloads,
            'lag' => $this->lag,
            'queue' => $this->scoreboard->queued(),
            'jobs' => $this->config->script === null ? null : $jobs,
            'template' => $this->booted,
            'workers' => $workers,
        ];
    }

    private function end(): void
    {
        // The pool has ended for others, and a signal may end this process from now on.
        $this->control->close();
        $this->lock->remove();
        $deadline = hrtime(true) / 1e9 + self::LAST_OUTPUT;
        $lost = $this->output->finish($deadline);
        if ($lost > 0) {
            $this->log->write('warning', "lines of output lost: $lost (not read in time, or not written)");
        }
        if ($this->failure === Status::FAILED) {
            $this->log->write('error', 'has ended: workers have failed for good');
        } else {
            $this->log->write('notice', 'has ended');
        }
        $this->log->finish($deadline);
        foreach ($this->stopClients as $client) {
            $client->release();
        }
    }
}
