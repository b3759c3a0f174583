using Orchestrator.Experts;

namespace Orchestrator.Host.Api;

static class ResidencyWords
{
    /// <summary>The state as every reply and metric spells it.</summary>
    public static string Word(this Residency residency) => residency.ToString().ToLowerInvariant();
}
