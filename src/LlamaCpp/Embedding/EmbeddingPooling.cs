namespace Orchestrator.LlamaCpp.Embedding;

/// <summary>How the embeddings of a text's tokens become one.</summary>
public enum EmbeddingPooling
{
    /// <summary>As the file says; files that say nothing, as those of chat models, get <see cref="Mean"/>.</summary>
    Model = -1,

    /// <summary>The mean of all tokens.</summary>
    Mean = 1,

    /// <summary>The first token.</summary>
    Cls = 2,

    /// <summary>The last token, which alone has seen the whole text in a causal model.</summary>
    Last = 3,
}
