using Orchestrator.Router.Embedding;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Categories;

/// <summary>Tells the probability of each category for a question; calibrated on profiled questions that were held out.</summary>
sealed class CategoryModel
{
    readonly CategoryOptions _options;
    readonly ICategoryClassifier _classifier;

    public CategoryModel(Profile profile, CategoryOptions options)
    {
        _options = options;
        Labels = CategoryLabels.Of(profile, options);
        _classifier = Fit(profile, [.. Enumerable.Range(0, profile.Count)]);
        double[][] logits = HeldOut(profile);
        Temperature = Calibrate(logits);
        OutOfFold = [.. logits.Select(Probabilities)];
    }

    public CategoryLabels Labels { get; }

    /// <summary>T: above 1 where the classifier is surer than it is right.</summary>
    public double Temperature { get; }

    /// <summary>For each profiled question the probabilities by a classifier that has not seen it.</summary>
    public double[][] OutOfFold { get; }

    /// <summary>Share of the labelled questions whose held-out category is right; not a number without labels.</summary>
    public double Accuracy => OutOfFold.Zip(Labels.OfRow).Where(pair => pair.Second >= 0)
        .Select(pair => pair.First.AsSpan().IndexOf(pair.First.Max()) == pair.Second ? 1.0 : 0)
        .DefaultIfEmpty(double.NaN).Average();

    /// <returns>One probability for each category; they sum to 1.</returns>
    public double[] Predict(ProfiledQuestion question)
    {
        var logits = new double[Labels.Names.Count];
        _classifier.Logits(question, logits);
        return Probabilities(logits);
    }

    double[][] HeldOut(Profile profile)
    {
        var logits = new double[profile.Count][];
        int[] folds = Strategies.OutOfFold.Of(profile);
        foreach (int fold in folds.Distinct())
        {
            int[] rest = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)];
            if (rest.Length == 0)
                rest = [.. Enumerable.Range(0, folds.Length)];
            ICategoryClassifier classifier = Fit(profile, rest);
            Profile known = profile.Part(rest);
            for (int row = 0; row < folds.Length; row++)
            {
                if (folds[row] != fold)
                    continue;
                logits[row] = new double[Labels.Names.Count];
                classifier.Logits(known.Features(profile, row), logits[row]);
            }
        }
        return logits;
    }

    ICategoryClassifier Fit(Profile profile, int[] rows)
    {
        int[] labelled = [.. rows.Where(row => Labels.OfRow[row] >= 0)];
        if (labelled.Length == 0 || _options.Classifier == CategoryClassifier.Nearest)
            return new NearestCategories(_options, [.. rows.Select(row => Labels.OfRow[row])]);
        return new LogisticCategories(
            _options, [.. labelled.Select(row => profile.Places[row])], [.. labelled.Select(row => Labels.OfRow[row])], Labels.Names.Count);
    }

    double Calibrate(double[][] logits)
    {
        int[] labelled = [.. Enumerable.Range(0, logits.Length).Where(row => Labels.OfRow[row] >= 0)];
        if (labelled.Length == 0)
            return 1;
        return TemperatureScaling.Fit(
            [.. labelled.Select(row => logits[row])],
            [.. labelled.Select(row => Labels.Names.Select((_, label) => label == Labels.OfRow[row] ? 1.0 : 0).ToArray())]);
    }

    double[] Probabilities(double[] logits)
    {
        double[] probabilities = [.. logits.Select(logit => logit / Temperature)];
        if (probabilities.Length > 0)
            Softmax.InPlace(probabilities);
        return probabilities;
    }
}

interface ICategoryClassifier
{
    /// <param name="logits">Gets one for each category.</param>
    void Logits(ProfiledQuestion question, Span<double> logits);
}
