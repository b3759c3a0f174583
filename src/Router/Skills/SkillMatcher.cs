using System.Numerics.Tensors;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Skills;

/// <summary>Finds the profile's skill that is written most like a phrase: by words and characters, not by meaning.</summary>
sealed class SkillMatcher
{
    /// <summary>Phrases are short: their length and form tell nothing, and a word that only one skill has tells all.</summary>
    static readonly NgramEmbedderOptions Phrases = NgramEmbedderOptions.Default with { Surface = 0, Initial = 0, Unseen = 1 };

    readonly IReadOnlyList<string> _skills;
    readonly NgramEmbedder _embedder;
    readonly SimilarityIndex _index;

    public SkillMatcher(IReadOnlyList<string> skills)
    {
        _skills = skills;
        _embedder = NgramEmbedder.Fit(skills, Phrases);
        _index = new SimilarityIndex([.. skills.Select(_embedder.Embed)]);
    }

    /// <returns>The nearest skill, the first of equals, and its cosine with the phrase. There must be a skill.</returns>
    public (int Skill, double Similarity) Nearest(string phrase)
    {
        string plain = SkillProfile.Plain(phrase);
        for (int skill = 0; skill < _skills.Count; skill++)
        {
            if (string.Equals(_skills[skill], plain, StringComparison.Ordinal))
                return (skill, 1);
        }
        float[] cosines = _index.Cosines(_embedder.Embed(plain));
        int nearest = TensorPrimitives.IndexOfMax<float>(cosines);
        return (nearest, cosines[nearest]);
    }
}
