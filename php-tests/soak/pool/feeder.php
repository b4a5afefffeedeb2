<?php
// A sender: a process that sends its messages one after the other, and tells how many it has sent.
declare(strict_types=1);

use Swoole\Process;
use Swoole\Process\Pool;

final class Feeder
{
    /** @var list<int> messages of a client that got no answer */
    private array $unanswered = [];
    private int $sent = 0;
    private string $refused = '';

    public function __construct(
        private readonly Trial $trial,
        private readonly Wire $wire,
        private readonly int $sender,
    ) {}

    /** Starts the feeders; the pool for those that are processes of it. */
    public static function start_all(Trial $trial, Wire $wire, ?Pool $pool): void
    {
        for ($sender = 0; $sender < Trial::SENDERS; $sender++) {
            $feeder = new Feeder($trial, $wire, $sender);
            (new Process(fn () => $feeder->feed($pool), false, 0))->start();
        }
    }

    private function feed(?Pool $pool): void
    {
        $this->wire->tell("feeder $this->sender " . getmypid());
        match ($this->trial->way) {
            Way::Sockets, Way::Bus, Way::Coroutines => $this->send_all(fn (string $text, int $to) => $pool->sendMessage($text, $to)),
            Way::Queue => $this->push_all($pool),
            Way::Server => $this->ask_all(),
        };
        $this->report();
    }

    /** Until all are sent, or one is refused. */
    private function send_all(Closure $send): void
    {
        for ($share = $this->trial->share($this->sender); $this->sent < $share; $this->sent++) {
            $lot = $this->trial->lot($this->sender, $this->sent);
            if (!@$send($this->trial->text($this->sender, $this->sent, $lot), $this->trial->worker($lot))) {
                $this->refused = swoole_strerror(swoole_last_error()) . ', ' . (error_get_last()['message'] ?? '');
                return;
            }
        }
    }

    private function push_all(?Pool $pool): void
    {
        $queue = $pool?->getProcess(0) ?? new Process(fn () => 0, false, 0);
        $pool === null && $queue->useQueue((int) file_get_contents("{$this->trial->folder}/key"));
        $this->send_all(function (string $text) use ($queue) {
            // A process that was paused while it waited comes back from msgsnd(2).
            while (!($pushed = $queue->push($text)) && swoole_errno() === PCNTL_EINTR);
            return $pushed;
        });
    }

    /** As a client, one request after the other; the last ones all at once when the pool is to be stopped under load. */
    private function ask_all(): void
    {
        $share = $this->trial->share($this->sender);
        $crowd = $this->trial->part->is_under_load() ? min(Trial::CROWD, $share) : 0;
        while ($this->sent < $share - $crowd) {
            $connection = $this->ask();
            if ($connection === null) {
                return;
            }
            $this->hear($connection, $this->sent++);
        }
        $connections = [];
        while ($this->sent < $share && ($connection = $this->ask()) !== null) {
            $connections[$this->sent++] = $connection;
        }
        $crowd > 0 && $this->wire->tell("finished $this->sender");
        foreach ($connections as $number => $connection) {
            $this->hear($connection, $number);
        }
    }

    /** @return ?resource null when nobody listens */
    private function ask()
    {
        while (!($connection = @stream_socket_client('unix://' . $this->trial->socket(), $code, $error, 60))) {
            if ($this->sent > 0 || $this->trial->part === Part::Orphans && file_exists("{$this->trial->folder}/killed")) {
                $this->refused = $error;
                return null;
            }
            // The pool does not listen yet.
            usleep(1000);
        }
        $lot = $this->trial->lot($this->sender, $this->sent);
        $text = $this->trial->text($this->sender, $this->sent, $lot);
        // A worker that is killed meanwhile is no failure.
        @fwrite($connection, pack('N', strlen($text)) . $text);
        return $connection;
    }

    private function hear($connection, int $number): void
    {
        $answer = @stream_get_contents($connection);
        if ($answer !== pack('NN', 4, $number)) {
            $this->unanswered[] = $number;
            // What is half an answer, or another's, is none.
            if ($answer !== '' && $answer !== false) {
                $this->refused = 'a wrong answer: ' . bin2hex($answer);
            }
        }
    }

    private function report(): void
    {
        file_put_contents("{$this->trial->folder}/sender-$this->sender", json_encode(
            ['sent' => $this->sent, 'unanswered' => $this->unanswered, 'refused' => $this->refused],
        ));
        $this->wire->tell("finished $this->sender");
    }
}
