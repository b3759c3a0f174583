namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Work that is known from end to end.</summary>
/// <param name="Budget">Bytes that all experts share.</param>
/// <param name="Resident">Experts that are loaded at the start.</param>
sealed record LookaheadProblem(
    IReadOnlyList<LookaheadExpert> Experts, IReadOnlyList<LookaheadGroup> Groups, long Budget, IReadOnlyList<int> Resident)
{
    /// <summary>Refuses what no order can solve; tells the index of the group at fault.</summary>
    public void Validate()
    {
        if (Resident.Distinct().Sum(e => Experts[e].Bytes) > Budget)
            throw new InvalidDataException("what is resident exceeds the budget");
        for (var g = 0; g < Groups.Count; g++)
        {
            if (Groups[g].Experts.Distinct().Sum(e => Experts[e].Bytes) > Budget)
                throw new InvalidDataException($"group {g} exceeds the budget");
            if (Groups[g].After.Any(p => p < 0 || p >= g))
                throw new InvalidDataException($"group {g} follows a group that is not given before it");
        }
    }
}

readonly record struct LookaheadExpert(long Bytes, double LoadSeconds);

/// <summary>Items that want the same experts resident together.</summary>
/// <param name="After">Groups that must be done before, each given before this one: the given order is always possible.</param>
sealed record LookaheadGroup(IReadOnlyList<int> Experts, int Items, IReadOnlyList<int> After);

/// <summary>Evict, then load, then do the group.</summary>
readonly record struct LookaheadStep(int Group, IReadOnlyList<int> Evicts, IReadOnlyList<int> Loads);

/// <param name="LoadSeconds">Of all loads together.</param>
sealed record LookaheadPlan(IReadOnlyList<LookaheadStep> Steps, double LoadSeconds);
