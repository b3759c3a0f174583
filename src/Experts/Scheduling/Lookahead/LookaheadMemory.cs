namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Which experts are held while an order is played through, and the bytes that this leaves; a base counts once.</summary>
sealed class LookaheadMemory(LookaheadProblem problem)
{
    readonly LookaheadExpert[] _experts = [.. problem.Experts];
    readonly LookaheadBase[] _bases = [.. problem.Bases];
    readonly int[] _users = new int[problem.Bases.Count];
    readonly bool[] _held = new bool[problem.Experts.Count];

    /// <summary>Negative while more is held than the budget has.</summary>
    public long Free { get; private set; } = problem.Budget;

    public void Clear()
    {
        Array.Clear(_users);
        Array.Clear(_held);
        Free = problem.Budget;
    }

    public bool Holds(int expert) => _held[expert];

    /// <returns>Seconds that its load takes.</returns>
    public double Enter(int expert)
    {
        var (bytes, seconds) = Cost(expert);
        Hold(expert, held: true);
        Free -= bytes;
        return seconds;
    }

    public void Leave(int expert)
    {
        Free += Cost(expert).Bytes;
        Hold(expert, held: false);
    }

    /// <summary>What it takes, or took, beside all others that are held: its base only where none of them uses it.</summary>
    public (long Bytes, double Seconds) Cost(int expert)
    {
        ref readonly var own = ref _experts[expert];
        if (own.Base < 0 || _users[own.Base] > (_held[expert] ? 1 : 0))
            return (own.Bytes, own.LoadSeconds);
        return (own.Bytes + _bases[own.Base].Bytes, own.LoadSeconds + _bases[own.Base].LoadSeconds);
    }

    void Hold(int expert, bool held)
    {
        _held[expert] = held;
        if (_experts[expert].Base is >= 0 and var shared)
            _users[shared] += held ? 1 : -1;
    }
}
