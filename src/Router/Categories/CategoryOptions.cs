using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Router.Categories;

/// <summary>Where the categories of the profiled questions come from.</summary>
enum CategorySource
{
    /// <summary>Given ones where the table has any, otherwise found ones.</summary>
    Auto,

    Given,

    /// <summary>By clustering.</summary>
    Found,

    /// <summary>The first given skill of each question.</summary>
    Skill,
}

/// <summary>What tells the category of a new question.</summary>
enum CategoryClassifier
{
    /// <summary>Multinomial logistic regression.</summary>
    Logistic,

    /// <summary>The votes of the most similar profiled questions.</summary>
    Nearest,
}

/// <summary>How questions get categories: options that strategies with a category step share.</summary>
record CategoryOptions
{
    public CategorySource Categories { get; init; }

    public CategoryClassifier Classifier { get; init; }

    /// <summary>Categories to find where none are given.</summary>
    [Range(1, 1000)]
    public int Found { get; init; } = 24;

    /// <summary>How strongly the regression's weights are held near zero.</summary>
    [Range(1e-6, 1e6)]
    public double CategoryPenalty { get; init; } = 1;

    /// <summary>How many dimensions of the embedding are used, the first ones; 0 is all.</summary>
    [Range(0, 65_536)]
    public int CategoryDimensions { get; init; } = 256;

    /// <summary>What the embedding is multiplied by: the penalty weighs less on it then.</summary>
    [Range(0.01, 100.0)]
    public double CategoryScale { get; init; } = 4;

    /// <summary>How much the looks of the text count beside what it says.</summary>
    [Range(0.0, 100.0)]
    public double CategorySurface { get; init; } = 0.3;

    /// <summary>Votes of the classifier <c>nearest</c>.</summary>
    [Range(1, 10_000)]
    public int CategoryNeighbours { get; init; } = 24;

    [Range(0, 1 << 20)]
    public int CategorySeed { get; init; } = 1;
}
