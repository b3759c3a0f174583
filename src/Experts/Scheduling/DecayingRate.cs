namespace Orchestrator.Experts.Scheduling;

/// <summary>Events per second, averaged with weights that fade over <see cref="Memory"/>: what predicts the next ones.</summary>
struct DecayingRate
{
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    double _rate;
    TimeSpan _at;

    public void Count(TimeSpan now)
    {
        _rate = At(now) + 1 / Memory.TotalSeconds;
        _at = now;
    }

    public readonly double At(TimeSpan now) => _rate == 0 ? 0 : _rate * Math.Exp(-(now - _at) / Memory);
}
