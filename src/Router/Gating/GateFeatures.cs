namespace Orchestrator.Router.Gating;

/// <summary>What is known of a question before it is decided whether passages go with it.</summary>
/// <param name="Similarity">Cosine of the best passage to the question, -1…1.</param>
/// <param name="Margin">How far the best passage's cosine is above the mean of the others that were found; 0 for a single one.</param>
/// <param name="Overlap">Share of the question's words that the best passage has, 0…1.</param>
/// <param name="Expected">The score that the router expects of the expert without passages, 0…1.</param>
/// <param name="Distance">To the nearest profiled question, 0…1: how little is known of such questions.</param>
public sealed record GateFeatures(double Similarity, double Margin, double Overlap, double Expected, double Distance)
{
    internal const int Count = 5;

    internal float[] Row => [(float)Similarity, (float)Margin, (float)Overlap, (float)Expected, (float)Distance];
}
