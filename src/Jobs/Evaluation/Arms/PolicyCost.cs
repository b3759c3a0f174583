namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>What a policy took a question on average, and what of it the best single expert can be given.</summary>
/// <param name="Calls">Generations.</param>
/// <param name="Tokens">Read and written.</param>
/// <param name="FlopTokens">Tokens for which the best single takes as many floating-point operations; null where a size is unknown.</param>
/// <param name="Seconds">Of wall time; null where only part of it is known.</param>
sealed record PolicyCost(string Policy, double Calls, double Tokens, double? FlopTokens, double? Seconds)
{
    /// <summary>Who is of unknown size; empty where <see cref="FlopTokens"/> is known.</summary>
    public required IReadOnlyList<string> UnknownSizes { get; init; }

    public static PolicyCost Of(ArmTotals policy, ArmTotals single, ModelSizes sizes) => new(
        policy.Arm,
        (double)policy.Calls / policy.Items,
        (double)policy.Tokens / policy.Items,
        sizes.ParameterTokens(policy) / policy.Items / sizes.Of(single.Arm),
        policy.SecondsEach)
    {
        UnknownSizes =
        [
            .. sizes.Unknown(policy).Concat(sizes.Of(single.Arm) is null ? [single.Arm] : [])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ],
    };
}
