using Orchestrator.Router.Embedding;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Categories;

/// <summary>k nearest neighbours: each of the most similar profiled questions votes for its category.</summary>
/// <param name="labels">The category of each question of the profile that it is asked with; −1 does not vote.</param>
sealed class NearestCategories(CategoryOptions options, int[] labels) : ICategoryClassifier
{
    /// <summary>As k-nearest-neighbour voters elsewhere in the router: a vote weighs exp(−12 · distance).</summary>
    const double Sharpness = 12;

    /// <summary>Votes that every category has: none is ruled out.</summary>
    const double Smoothing = 0.1;

    public void Logits(ProfiledQuestion question, Span<double> logits)
    {
        logits.Fill(Smoothing);
        foreach (Neighbour near in question.Nearest(options.CategoryNeighbours))
        {
            if (labels[near.Row] >= 0)
                logits[labels[near.Row]] += Math.Exp(-Sharpness * near.Distance);
        }
        for (int category = 0; category < logits.Length; category++)
            logits[category] = Math.Log(logits[category]);
    }
}
