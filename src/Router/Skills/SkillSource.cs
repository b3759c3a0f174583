namespace Orchestrator.Router.Skills;

/// <summary>Who tells the skills of a question whose caller names none.</summary>
enum SkillSource
{
    /// <summary>The tagger where one is configured and names skills that the profile knows, or else similar profiled questions.</summary>
    Auto,

    /// <summary>The same, and the plan also says when no tagger was asked.</summary>
    Tagger,

    /// <summary>Similar profiled questions; the tagger is not asked.</summary>
    Neighbours,
}
