using Orchestrator.Jobs.Evaluation.Arms;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>What a token costs by who reads or writes it: half the floating-point operations of a forward pass, attention aside.</summary>
/// <param name="Parameters">That each token passes through, by expert; who is missing is of unknown size.</param>
sealed record ModelSizes(IReadOnlyDictionary<string, long> Parameters)
{
    /// <summary>Null where it is unknown.</summary>
    public long? Of(string expert) => Parameters.TryGetValue(expert, out long count) && count > 0 ? count : null;

    /// <summary>Parameters times tokens over all calls of the arms; null where the size of an expert is unknown: that is not nought.</summary>
    public double? ParameterTokens(params IEnumerable<ArmTotals> arms) => arms
        .SelectMany(arm => arm.TokensByExpert)
        .Select(own => Of(own.Key) * (double)own.Value)
        .Aggregate((double?)0, (sum, own) => sum + own);

    /// <summary>Who took part in an arm and is of unknown size.</summary>
    public IEnumerable<string> Unknown(ArmTotals arm) => arm.TokensByExpert.Keys.Where(expert => Of(expert) is null);
}
