<?php
// Makes a failing script smaller for as long as it fails in the same way (delta debugging).
declare(strict_types=1);

final class Shrinker
{
    private int $tries = 0;

    /**
     * @param Closure(Script): bool $fails whether a script fails in the way that is looked for
     * @param int $most how often it may be asked
     * @param float $seconds for how long
     */
    public function __construct(private readonly Closure $fails, private readonly int $most, private readonly float $seconds) {}

    public function shrink(Script $script): Script
    {
        $deadline = microtime(true) + $this->seconds;
        do {
            $before = $script;
            $smaller = $this->smaller($script->pieces);
            while ($smaller->valid() && $this->tries < $this->most && microtime(true) < $deadline) {
                $this->tries++;
                $candidate = $script->with($smaller->current());
                $accepted = ($this->fails)($candidate);
                $script = $accepted ? $candidate : $script;
                $smaller->send($accepted);
            }
        } while ($script !== $before);
        return $script;
    }

    /**
     * Lists that are smaller: without a half, a quarter, ... one of the pieces; with a piece made simpler; with one whose
     * body is smaller. It is told which are accepted, and goes on from those.
     *
     * @param list<Piece> $pieces
     * @return Generator<int, list<Piece>, bool, void>
     */
    private function smaller(array $pieces): Generator
    {
        for ($size = intdiv(count($pieces) + 1, 2); $size > 0; $size = $size === 1 ? 0 : intdiv($size + 1, 2)) {
            // From the end: what comes after the failure goes at once.
            for ($at = count($pieces) - $size; $at > -$size; $at -= $size) {
                $fewer = self::replaced($pieces, max(0, $at), $size + min(0, $at), []);
                $pieces = (yield $fewer) ? $fewer : $pieces;
            }
        }
        for ($at = count($pieces) - 1; $at >= 0; $at--) {
            $inside = $this->simpler($pieces[$at]);
            while ($inside->valid()) {
                $other = self::replaced($pieces, $at, 1, $inside->current());
                $accepted = yield $other;
                $pieces = $accepted ? $other : $pieces;
                $inside->send($accepted);
            }
        }
    }

    /**
     * What may stand in the place of one piece.
     *
     * @return Generator<int, list<Piece>, bool, void>
     */
    private function simpler(Piece $piece): Generator
    {
        foreach ($piece->simpler() as $instead) {
            if (yield $instead) {
                // The next round looks at that.
                return;
            }
        }
        $bodies = $this->smaller($piece->body);
        while ($bodies->valid()) {
            $bodies->send(yield [$piece->with_body($bodies->current())]);
        }
    }

    /**
     * @param list<Piece> $pieces
     * @param list<Piece> $instead
     * @return list<Piece>
     */
    private static function replaced(array $pieces, int $at, int $size, array $instead): array
    {
        array_splice($pieces, $at, $size, $instead);
        return $pieces;
    }
}
