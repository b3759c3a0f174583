namespace Orchestrator.Experts.Configuration;

/// <summary>What an expert was made for. Any expert but one that embeds can be asked by its id; policies recruit only those that answer.</summary>
public enum ExpertPurpose
{
    Answer,

    /// <summary>Trained to reply to a question with the skills that it needs.</summary>
    Tag,

    /// <summary>Trained to merge a panel's answers; it gets question and numbered answers without instructions.</summary>
    Aggregate,

    /// <summary>Knows what others may want to hear while they answer: only mixtures of thoughts recruit it.</summary>
    Think,

    /// <summary>Turns texts into vectors, for search by meaning; it answers nothing.</summary>
    Embed,
}
