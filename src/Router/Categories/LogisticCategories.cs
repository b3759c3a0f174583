using System.Numerics.Tensors;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Categories;

/// <summary>Multinomial logistic regression on embedding and surface features.</summary>
sealed class LogisticCategories(CategoryOptions options, IReadOnlyList<QuestionPlace> places, IReadOnlyList<int> labels, int count)
    : ICategoryClassifier
{
    /// <summary>Later steps of the optimiser change who is likeliest for hardly any question.</summary>
    const int Rounds = 60;

    readonly LogisticRegression _regression = LogisticRegression.Fit(
        [.. places.Select(place => Features(place, options))], labels, count, options.CategoryPenalty, Rounds);

    public void Logits(ProfiledQuestion question, Span<double> logits) => _regression.Logits(Features(question.Place, options), logits);

    /// <summary>The embedding times the scale, the surface features times their weight.</summary>
    static float[] Features(QuestionPlace place, CategoryOptions options)
    {
        float[] features = place.Features(options.CategoryDimensions, options.CategorySurface / options.CategoryScale);
        TensorPrimitives.Multiply(features, (float)options.CategoryScale, features);
        return features;
    }
}
