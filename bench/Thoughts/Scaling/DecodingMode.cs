using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>One of the ways that take turns.</summary>
/// <param name="Tap">Of the i-th answer of those that are written together.</param>
sealed record DecodingMode(ClockedEngine Engine, Func<int, ILatentTap?> Tap);
